"""Input that wants to break something: never a 500, always an answer in Chinese.

A new page that reads its address has a row in `parameters`, a new form one in the
module of its noun below `forms`.
"""
