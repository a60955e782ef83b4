# Signs a request again, and shows the signature: values are its url, method, headers, body and secretAccessKey.
import re
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

seen = values["headers"]
scope, names = re.search(r"Credential=([^,]+), ?SignedHeaders=([^,]+)", seen["authorization"]).groups()
key, _, region, service, _ = scope.split("/")
host = re.match(r"https://([^/]+)", values["url"]).group(1)
request = AWSRequest(
    method=values["method"],
    url=values["url"],
    data=values["body"].encode(),
    headers={name: host if name == "host" else seen[name] for name in names.split(";")},
)
request.context["timestamp"] = seen["x-amz-date"]
auth = SigV4Auth(Credentials(key, values["secretAccessKey"], seen["x-amz-security-token"]), service, region)
text = auth.string_to_sign(request, auth.canonical_request(request))
show(signature=auth.signature(text, request), service=service, region=region, names=names.split(";"))
