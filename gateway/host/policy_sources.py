"""The bytes of policy files: a file that is there and cannot be read is not an absent one."""

from __future__ import annotations

from gateway.lane_os import open_regular, os
from gateway.model.errors import PolicyError

MAX_POLICY = 4 * 1024 * 1024


def bytes_of(path: str) -> bytes | None:
    """Return the content of a policy file, None when there is none. Raises PolicyError when it is there and cannot be
    read.
    """
    try:
        fd = open_regular(path, os.O_RDONLY)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:
        raise PolicyError(f"cannot be read: {getattr(error, 'strerror', None) or error}", source=path) from None
    try:
        data = os.read(fd, MAX_POLICY + 1)
    except OSError as error:
        raise PolicyError(f"cannot be read: {error.strerror}", source=path) from None
    finally:
        os.close(fd)
    if len(data) > MAX_POLICY:
        raise PolicyError("larger than 4 MiB", source=path)
    return data
