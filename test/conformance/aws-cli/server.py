"""Runs the AWS CLI for bin/aws, as often as it is asked to, and loads it once.

server.py SOCKET: most of a call's CPU time goes into importing the CLI. Here every call is a fork of a process that has
imported it: with a driver, a session, an environment, a folder and file descriptors of its own, so that calls share
nothing else.
"""

import array
import gc
import json
import os
import signal
import socket
import sys
import traceback

import awscli.clidriver

DESCRIPTORS = 3

# The import tells botocore by this variable where the CLI's own data are.
DATA = {'AWS_DATA_PATH': os.environ['AWS_DATA_PATH']}


def receive(connection):
    """What a client sends: one line of JSON, and with its first byte the descriptors that it was given."""
    itself = array.array('i')
    text, controls, _, _ = connection.recvmsg(65536, socket.CMSG_SPACE(DESCRIPTORS * itself.itemsize))
    for _, _, data in controls:
        itself.frombytes(data)
    while not text.endswith(b'\n'):
        more = connection.recv(65536)
        if not more:
            os._exit(1)
        text += more
    return json.loads(text), itself


def run(args):
    """What the CLI's own script does. Returns its exit code."""
    sys.argv = ['aws', *args]
    try:
        return awscli.clidriver.main()
    except SystemExit as exit:
        return exit.code if isinstance(exit.code, int) else 0 if exit.code is None else 1
    except BaseException:
        traceback.print_exc()
        return 1


def answer(connection):
    """In the fork: becomes what was called, runs it, and tells the exit code."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    request, descriptors = receive(connection)
    for number, descriptor in enumerate(descriptors):
        os.dup2(descriptor, number)
        os.close(descriptor)
    os.chdir(request['folder'])
    os.environ.clear()
    os.environ.update(request['environment'] | DATA)
    code = run(request['args'])
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            # Nobody reads it any more.
            pass
    connection.sendall(str(code & 0xFF).encode())
    os._exit(0)


def main():
    # The imports of what is plugged into a session happen when the first one is made.
    awscli.clidriver.create_clidriver()
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as listener:
        # Under its own name there is one that listens already.
        listener.bind(f'{sys.argv[1]}.new')
        listener.listen(128)
        os.rename(f'{sys.argv[1]}.new', sys.argv[1])
        while True:
            connection, _ = listener.accept()
            with connection:
                if os.fork() == 0:
                    listener.close()
                    answer(connection)


main()
