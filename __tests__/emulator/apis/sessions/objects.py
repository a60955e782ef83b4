# Buckets and objects through their lives, every setting that a bucket is asked for, and what is refused.
import base64, hashlib, io, urllib.error, urllib.request, zlib
from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

s3 = client("s3")
endpoint = s3.meta.endpoint_url

created = s3.create_bucket(Bucket="schemas")["Location"]
s3.create_bucket(Bucket="with.dots.in.it")
s3.put_object(Bucket="with.dots.in.it", Key="a", Body=b"dotted")
s3.put_bucket_tagging(Bucket="schemas", Tagging={"TagSet": [{"Key": "team", "Value": "a & b <c>"}]})
put = s3.put_object(
    Bucket="schemas",
    Key="apis/one & only ü+%.json",
    Body=b'{"a": 1}',
    ContentType="application/json",
    Metadata={"owner": "shop"},
    Tagging="stage=test",
)
got = s3.get_object(Bucket="schemas", Key="apis/one & only ü+%.json", ChecksumMode="ENABLED")
head = s3.head_object(Bucket="schemas", Key="apis/one & only ü+%.json")
show(
    created=created,
    head=s3.head_bucket(Bucket="schemas")["BucketRegion"],
    buckets=[bucket["Name"] for bucket in s3.list_buckets()["Buckets"]],
    location=s3.get_bucket_location(Bucket="schemas")["LocationConstraint"],
    bucketTags=s3.get_bucket_tagging(Bucket="schemas")["TagSet"],
    dotted=s3.get_object(Bucket="with.dots.in.it", Key="a")["Body"].read().decode(),
    put=[put["ETag"], put["ServerSideEncryption"], put["ChecksumCRC32"]],
    got=[got["Body"].read().decode(), got["ContentType"], got["Metadata"], got["TagCount"], got["ChecksumCRC32"]],
    headed=[head["ContentLength"], head["ETag"], head["ServerSideEncryption"], "VersionId" in head],
    tagging=s3.get_object_tagging(Bucket="schemas", Key="apis/one & only ü+%.json")["TagSet"],
)

settings = {}
for name in [
    "get_bucket_versioning",
    "get_bucket_accelerate_configuration",
    "get_bucket_request_payment",
    "get_bucket_logging",
    "get_bucket_encryption",
    "get_bucket_ownership_controls",
    "get_public_access_block",
    "get_bucket_acl",
    "get_bucket_policy",
    "get_bucket_cors",
    "get_bucket_website",
    "get_bucket_lifecycle_configuration",
    "get_bucket_replication",
    "get_object_lock_configuration",
]:
    try:
        answer = getattr(s3, name)(Bucket="schemas")
        answer.pop("ResponseMetadata")
        settings[name] = answer
    except ClientError as error:
        settings[name] = [error.response["ResponseMetadata"]["HTTPStatusCode"], error.response["Error"]["Code"]]
show(settings=settings)

# Algorithms that botocore makes by itself, and a trailer as SDKs over TLS send it.
digests = {}
for algorithm in ["CRC32", "SHA1", "SHA256"]:
    answer = s3.put_object(Bucket="schemas", Key=algorithm, Body=b"123456789", ChecksumAlgorithm=algorithm)
    digests[algorithm] = answer[f"Checksum{algorithm}"]


def code_of(error):
    return error.read().decode().split("<Code>")[1].split("</Code>")[0]


class Unsigned(S3SigV4Auth):
    """Signs everything but the payload, as `payload` says."""

    def __init__(self, claim):
        super().__init__(Credentials("test", "test"), "s3", "us-east-1")
        self.claim = claim

    def payload(self, request):
        return self.claim


def send(claim, body, headers, method="PUT", path="/schemas/raw"):
    request = AWSRequest(method=method, url=endpoint + path, data=body, headers=headers)
    Unsigned(claim).add_auth(request)
    raw = urllib.request.Request(endpoint + path, data=body, headers=dict(request.headers.items()), method=method)
    try:
        with urllib.request.urlopen(raw) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return [error.code, code_of(error)]


def trailing(body, checksum, size=None):
    chunk = f"{len(body) if size is None else size:x}\r\n".encode() + body + b"\r\n" if body else b""
    return chunk + f"0\r\nx-amz-checksum-crc32:{checksum}\r\n\r\n".encode()


crc = base64.b64encode(zlib.crc32(b"in chunks").to_bytes(4, "big")).decode()
streaming = {
    "Content-Encoding": "aws-chunked",
    "X-Amz-Trailer": "x-amz-checksum-crc32",
    "X-Amz-Decoded-Content-Length": "9",
}
trailer = "STREAMING-UNSIGNED-PAYLOAD-TRAILER"
show(
    digests=digests,
    streamed=[
        send(trailer, trailing(b"in chunks", crc), streaming),
        s3.get_object(Bucket="schemas", Key="raw")["Body"].read().decode(),
        s3.head_object(Bucket="schemas", Key="raw").get("ContentEncoding"),
    ],
    wrongTrailer=send(trailer, trailing(b"in chunks", "AAAAAA=="), streaming),
    brokenChunks=send(trailer, trailing(b"in chunks", crc, 4000), streaming),
    signedChunks=send("STREAMING-AWS4-HMAC-SHA256-PAYLOAD", b"", streaming),
    unsignedPayload=send("UNSIGNED-PAYLOAD", b"bare", {}),
    crc32c=send("UNSIGNED-PAYLOAD", b"123456789", {"x-amz-checksum-crc32c": "4waSgw=="}),
    crc64nvme=send("UNSIGNED-PAYLOAD", b"123456789", {"x-amz-checksum-crc64nvme": "rosUhgp5mIg="}),
    otherBody=send(hashlib.sha256(b"other").hexdigest(), b"bare", {}),
    wrongMd5=send("UNSIGNED-PAYLOAD", b"bare", {"Content-MD5": base64.b64encode(bytes(16)).decode()}),
    ranges=[
        s3.get_object(Bucket="schemas", Key="SHA1", Range=f"bytes={part}")["Body"].read().decode()
        for part in ["0-1", "7-", "-3", "4-99", "5-2"]
    ],
    noRange=send("UNSIGNED-PAYLOAD", None, {"Range": "bytes=9-"}, "GET", "/schemas/SHA1"),
    noXml=send("UNSIGNED-PAYLOAD", b"<Tagging><TagSet>", {}, "PUT", "/schemas?tagging"),
    hosted=send("UNSIGNED-PAYLOAD", None, {}, "GET", "/schemas.s3.us-east-1.amazonaws.com/raw"),
    badPath=send("UNSIGNED-PAYLOAD", None, {}, "GET", "/schemas/%zz"),
)
try:
    urllib.request.urlopen(f"{endpoint}/schemas.s3.us-east-1.amazonaws.com/raw")
except urllib.error.HTTPError as error:
    show(anonymous=[error.code, code_of(error)])

s3.put_object_tagging(Bucket="schemas", Key="raw", Tagging={"TagSet": [{"Key": "a", "Value": "1"}]})
retagged = s3.get_object_tagging(Bucket="schemas", Key="raw")["TagSet"]
s3.delete_object_tagging(Bucket="schemas", Key="raw")
for name in ["a", "logs/1", "logs/2", "logs/old/3"]:
    s3.put_object(Bucket="schemas", Key=f"lists/{name}", Body=b"x")
folder = s3.list_objects_v2(Bucket="schemas", Prefix="lists/", Delimiter="/", FetchOwner=True)
pages = s3.get_paginator("list_objects_v2").paginate(Bucket="schemas", Prefix="lists/", PaginationConfig={"PageSize": 2})
versions = s3.list_object_versions(Bucket="schemas", Prefix="lists/logs/")
show(
    retagged=[retagged, s3.get_object_tagging(Bucket="schemas", Key="raw")["TagSet"]],
    folder=[
        [entry["Key"] for entry in folder["Contents"]],
        [entry["Prefix"] for entry in folder["CommonPrefixes"]],
        folder["KeyCount"],
    ],
    pages=[[entry["Key"] for entry in page["Contents"]] for page in pages],
    odd=[entry["Key"] for entry in s3.list_objects_v2(Bucket="schemas", Prefix="apis/")["Contents"]],
    after=[e["Key"] for e in s3.list_objects_v2(Bucket="schemas", Prefix="lists/", StartAfter="lists/logs/1")["Contents"]],
    versions=[[entry["Key"], entry["VersionId"]] for entry in versions["Versions"]],
    deleted=s3.delete_objects(
        Bucket="schemas", Delete={"Objects": [{"Key": "lists/a"}, {"Key": "none"}, {"Key": "raw", "VersionId": "1"}]}
    ),
)

by_path = Config(s3={"addressing_style": "path"})
named = boto3.client("s3", endpoint_url=endpoint.replace("127.0.0.1", "localhost"), config=by_path)
show(named=named.head_object(Bucket="schemas", Key="raw")["ContentLength"])

other = client("s3", region="eu-west-1")
show(
    notEmpty=refusal(s3.delete_bucket, Bucket="schemas"),
    noBucket=refusal(s3.get_bucket_policy, Bucket="nothing"),
    noKey=refusal(s3.get_object, Bucket="schemas", Key="nothing"),
    noHead=refusal(s3.head_object, Bucket="schemas", Key="nothing"),
    badName=refusal(s3.create_bucket, Bucket="Upper"),
    elsewhere=refusal(
        s3.create_bucket, Bucket="elsewhere", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
    ),
    otherRegion=refusal(other.list_buckets),
    otherOwner=refusal(s3.get_object, Bucket="schemas", Key="raw", ExpectedBucketOwner="999999999999"),
    versioned=refusal(s3.get_object, Bucket="schemas", Key="raw", VersionId="1"),
    policy=refusal(s3.put_bucket_policy, Bucket="schemas", Policy="{}"),
    copy=refusal(s3.copy_object, Bucket="schemas", Key="b", CopySource="schemas/raw"),
    parts=refusal(s3.create_multipart_upload, Bucket="schemas", Key="b"),
    kms=refusal(s3.put_object, Bucket="schemas", Key="b", Body=b"", ServerSideEncryption="aws:kms"),
    public=refusal(s3.put_object, Bucket="schemas", Key="b", Body=b"", ACL="public-read"),
    condition=refusal(s3.put_object, Bucket="schemas", Key="b", Body=b"", IfNoneMatch="*"),
    listV1=refusal(s3.list_objects, Bucket="schemas"),
    large=refusal(s3.put_object, Bucket="schemas", Key="b", Body=bytes(17 * 1024 * 1024)),
    manyTags=refusal(
        s3.put_object, Bucket="schemas", Key="b", Body=b"", Tagging="&".join(f"k{n}=v" for n in range(11))
    ),
)

tools = [{"name": "greet", "description": "Greets", "inputSchema": {"type": "object", "properties": {}}}]
s3.put_object(Bucket="schemas", Key="tools.json", Body=json.dumps(tools).encode())
iam, control = client("iam"), client("bedrock-agentcore-control")
trust = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "bedrock-agentcore.amazonaws.com"}}
document = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
role = iam.create_role(RoleName="gateway", AssumeRolePolicyDocument=document)["Role"]["Arn"]
invoke = {"Effect": "Allow", "Action": "lambda:InvokeFunction", "Resource": "*"}
iam.put_role_policy(
    RoleName="gateway", PolicyName="p", PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [invoke]})
)
gateway = control.create_gateway(name="demo", roleArn=role, protocolType="MCP", authorizerType="NONE")
wait_until("READY", control.get_gateway, gatewayIdentifier=gateway["gatewayId"])


def target(name, key):
    source = {
        "lambdaArn": "arn:aws:lambda:us-east-1:123456789012:function:greeter",
        "toolSchema": {"s3": {"uri": f"s3://schemas/{key}"}},
    }
    return dict(
        gatewayIdentifier=gateway["gatewayId"],
        name=name,
        targetConfiguration={"mcp": {"lambda": source}},
        credentialProviderConfigurations=[{"credentialProviderType": "GATEWAY_IAM_ROLE"}],
    )


control.create_gateway_target(**target("greeter", "tools.json"))
body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/list"}).encode()
headers = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
where = gateway["gatewayUrl"].replace("https://", endpoint + "/")
with urllib.request.urlopen(urllib.request.Request(where, body, headers)) as answer:
    show(tools=[tool["name"] for tool in json.load(answer)["result"]["tools"]])

keys = [entry["Key"] for entry in s3.list_objects_v2(Bucket="schemas")["Contents"]]
for key in keys:
    s3.delete_object(Bucket="schemas", Key=key)
s3.delete_bucket_tagging(Bucket="schemas")
show(untagged=refusal(s3.get_bucket_tagging, Bucket="schemas"))
s3.delete_bucket(Bucket="schemas")
show(gone=refusal(s3.head_bucket, Bucket="schemas"))
