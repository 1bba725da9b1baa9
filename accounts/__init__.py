"""Who you are: users, sign-in, the inbox of notifications."""
