import datetime, json, sys, time
import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

values = json.loads(sys.argv[1])
shown = {}


def client(service, region=None, **options):
    return boto3.client(service, region_name=region, config=Config(retries={"total_max_attempts": 1}, **options))


def show(**results):
    shown.update(results)


def refusal(call, **arguments):
    """How a call is refused: HTTP status, code and message, and the members of the error beside it."""
    try:
        call(**arguments)
    except ClientError as error:
        response = error.response
        return {
            "status": response["ResponseMetadata"]["HTTPStatusCode"],
            "code": response["Error"]["Code"],
            "message": response["Error"]["Message"],
            "reason": response.get("reason"),
            "fieldList": response.get("fieldList"),
        }
    raise AssertionError(f"{call.__name__} was not refused")


def wait_until(status, call, **arguments):
    """Polls at most ten seconds. Returns the answer that has the status."""
    for _ in range(500):
        answer = call(**arguments)
        if answer["status"] == status:
            return answer
        time.sleep(0.02)
    raise AssertionError(f"{call.__name__} stayed {answer['status']}: {answer.get('statusReasons')}")


def wait_until_gone(call, **arguments):
    """Polls at most ten seconds, until the service does not find the resource."""
    for _ in range(500):
        try:
            call(**arguments)
        except ClientError as error:
            assert error.response["ResponseMetadata"]["HTTPStatusCode"] == 404, error
            return
        time.sleep(0.02)
    raise AssertionError(f"{call.__name__} still finds it")


def plain(value):
    return value.isoformat() if isinstance(value, datetime.datetime) else str(value)


def finish():
    print(json.dumps(shown, default=plain))
