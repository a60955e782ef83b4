"""Runs the AWS CLI, and programs on boto3, for tests: each in a fork of this process, which has loaded their packages.

python3 aws_clients.py SOCKET OWNER: says a line once it listens, and ends with the process OWNER or the socket's file.
A connection sends {"program"?, "arguments", "environment", "seconds"}, where a program stands for the AWS CLI, and gets
{"status", "stdout", "stderr"}.
"""

import json, os, signal, socket, sys, tempfile, traceback

given = dict(os.environ)
import boto3
from awscli import clidriver

# Where the AWS CLI says what it is made of, when it is loaded.
ADDED = {name: value for name, value in os.environ.items() if name not in given}


def run_client(request):
    os.environ.clear()
    os.environ.update({**ADDED, **request["environment"]})
    signal.alarm(request["seconds"])
    if "program" not in request:
        sys.argv = ["aws", *request["arguments"]]
        return clidriver.main()
    sys.argv = ["-c", *request["arguments"]]
    exec(compile(request["program"], "<string>", "exec"), {"__name__": "__main__"})
    return 0


def in_fork(act):
    """The exit status of a fork that acts."""
    process = os.fork()
    if process != 0:
        return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    status = 1
    try:
        status = act()
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status or 0)


def answer(connection):
    request = json.loads(connection.makefile().readline())
    with tempfile.TemporaryFile() as stdout, tempfile.TemporaryFile() as stderr:

        def act():
            os.dup2(stdout.fileno(), 1)
            os.dup2(stderr.fileno(), 2)
            return run_client(request)

        result = {"status": in_fork(act)}
        for name, file in (("stdout", stdout), ("stderr", stderr)):
            file.seek(0)
            result[name] = file.read().decode()
        connection.sendall(json.dumps(result).encode())
    return 0


def is_wanted(path, owner):
    try:
        os.kill(owner, 0)
    except ProcessLookupError:
        return False
    return os.path.exists(path)


def serve(path, owner):
    # Without anybody who waits for them.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    listener.listen()
    listener.settimeout(1)
    print("listening", flush=True)
    while is_wanted(path, owner):
        try:
            connection, _ = listener.accept()
        except TimeoutError:
            continue
        if os.fork() == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            connection.settimeout(None)
            in_fork(lambda: answer(connection))
            os._exit(0)
        connection.close()


clidriver.create_clidriver()
serve(sys.argv[1], int(sys.argv[2]))
