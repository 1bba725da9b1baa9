"""A Redis server to be killed, frozen and emptied."""

import signal

import redis

from scripts.private_redis import RedisServer


class FragileRedis(RedisServer):
    """One that fails when told; a new start on the same port holds nothing."""

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def freeze(self) -> None:
        """It takes connections and never answers."""
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    def empty(self) -> int:
        """Forget everything; returns how many tasks were waiting."""
        with redis.Redis.from_url(self.url) as client:
            waiting = client.llen("celery")
            client.flushall()
        return waiting

    def stop(self) -> None:
        self.thaw()
        super().stop()
