"""Runs a handler of a Python module as Lambda's managed runtime does: python3 bootstrap.py FILE HANDLER.

It asks the runtime API for one event after the other and ends when that is gone.
https://docs.aws.amazon.com/lambda/latest/dg/python-context.html
"""

import importlib.util
import json
import os
import sys
import time
import traceback
import urllib.error
import urllib.request

API = f"http://{os.environ['AWS_LAMBDA_RUNTIME_API']}/2018-06-01/runtime"
# No proxy of the environment stands between a function and its runtime.
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class ClientContext:
    """What the caller says beside the event."""

    def __init__(self, told):
        self.custom = told.get("custom", {})
        self.env = told.get("env", {})
        self.client = None


class Context:
    def __init__(self, headers):
        self._deadline = int(headers["lambda-runtime-deadline-ms"])
        self.aws_request_id = headers["lambda-runtime-aws-request-id"]
        self.invoked_function_arn = headers["lambda-runtime-invoked-function-arn"]
        self.function_name = os.environ.get("AWS_LAMBDA_FUNCTION_NAME")
        self.function_version = os.environ.get("AWS_LAMBDA_FUNCTION_VERSION")
        self.memory_limit_in_mb = os.environ.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.log_group_name = f"/aws/lambda/{self.function_name}"
        self.log_stream_name = "local"
        self.identity = None
        told = json.loads(headers.get("lambda-runtime-client-context") or "null")
        self.client_context = None if told is None else ClientContext(told)

    def get_remaining_time_in_millis(self):
        return max(0, self._deadline - int(time.time() * 1000))

    def log(self, message):
        print(message)


def load(file, name):
    path = os.path.abspath(file)
    sys.path[:0] = [os.path.dirname(path), os.environ.get("LAMBDA_TASK_ROOT", os.path.dirname(path))]
    module_name = os.path.splitext(os.path.basename(path))[0]
    spec = importlib.util.spec_from_file_location(module_name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[module_name] = module
    spec.loader.exec_module(module)
    handler = getattr(module, name, None)
    if not callable(handler):
        raise AttributeError(f"{file} has no function '{name}'")
    return handler


def described(error):
    trace = traceback.format_list(traceback.extract_tb(error.__traceback__))
    return {"errorType": type(error).__name__, "errorMessage": str(error), "stackTrace": trace}


def post(path, body):
    request = urllib.request.Request(API + path, data=json.dumps(body, ensure_ascii=False).encode(), method="POST")
    try:
        OPENER.open(request).read()
    except urllib.error.HTTPError as refusal:
        # The runtime API has told the caller, as of an answer that is too large.
        refusal.read()


def main(file, name):
    try:
        handler = load(file, name)
    except BaseException as error:
        post("/init/error", described(error))
        return 1
    while True:
        with OPENER.open(f"{API}/invocation/next") as answer:
            event, headers = json.load(answer), answer.headers
        path = f"/invocation/{headers['lambda-runtime-aws-request-id']}"
        try:
            result = handler(event, Context(headers))
            json.dumps(result)
        except Exception as error:
            post(f"{path}/error", described(error))
        else:
            post(f"{path}/response", result)


if __name__ == "__main__":
    try:
        sys.exit(main(*sys.argv[1:]))
    except (urllib.error.URLError, ConnectionError):
        sys.exit(1)
