# Lambda functions through their lives, and a gateway that calls one whose code came as a .zip.
import io, stat, urllib.request, zipfile

functions, iam, control = client("lambda"), client("iam"), client("bedrock-agentcore-control")


def zipped(files, compression=zipfile.ZIP_DEFLATED):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", compression) as opened:
        for name, content in files.items():
            opened.writestr(name, content)
    return archive.getvalue()


def trusting(service):
    statement = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": service}}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


role = iam.create_role(RoleName="functions", AssumeRolePolicyDocument=trusting("lambda.amazonaws.com"))["Role"]["Arn"]
orders = """
exports.handler = async (event, context) => {
  if (event.fails) throw new TypeError("no such order");
  return { order: event.orderId, tool: context.clientContext?.custom?.bedrockAgentCoreToolName, table: process.env.TABLE };
};
"""
new = dict(Role=role, Runtime="nodejs22.x", Handler="index.handler")
created = functions.create_function(
    FunctionName="orders",
    Code={"ZipFile": zipped({"index.js": orders})},
    Environment={"Variables": {"TABLE": "orders-table"}},
    Timeout=20,
    Tags={"team": "shop"},
    **new
)
functions.get_waiter("function_active_v2").wait(FunctionName="orders", WaiterConfig={"Delay": 1})
got = functions.get_function(FunctionName=created["FunctionArn"])
show(
    created=[created["State"], created["FunctionArn"], created["Version"], created["CodeSize"] > 0],
    got=[got["Configuration"]["State"], got["Configuration"]["MemorySize"], got["Tags"], got["Code"]],
    taken=refusal(functions.create_function, FunctionName="orders", Code={"ZipFile": zipped({"a": ""})}, **new),
    untrusted=refusal(
        functions.create_function,
        FunctionName="other",
        Code={"ZipFile": zipped({"index.js": orders})},
        **{**new, "Role": role + "s"}
    ),
    unknownRuntime=refusal(
        functions.create_function,
        FunctionName="other",
        Code={"ZipFile": zipped({"a": ""})},
        **{**new, "Runtime": "cobol85"}
    ),
    noZip=refusal(functions.create_function, FunctionName="other", Code={"ZipFile": b"PK no zip"}, **new),
    emptyZip=refusal(functions.create_function, FunctionName="other", Code={"ZipFile": zipped({})}, **new),
    stray=refusal(functions.create_function, FunctionName="other", Code={"ZipFile": zipped({"../x": ""})}, **new),
    bomb=refusal(
        functions.create_function,
        FunctionName="other",
        Code={"ZipFile": zipped({str(part): bytes(2**26) for part in range(4)})},
        **new
    ),
    noSource=refusal(functions.create_function, FunctionName="other", Code={}, **new),
    reserved=refusal(
        functions.update_function_configuration,
        FunctionName="orders",
        Environment={"Variables": {"AWS_REGION": "eu-west-1"}},
    ),
    missing=refusal(functions.get_function, FunctionName="nothing"),
    listed=[found["FunctionName"] for found in functions.list_functions()["Functions"]],
)


def invoked(payload=b"{}", **options):
    answer = functions.invoke(FunctionName="orders", Payload=payload, **options)
    return [answer["StatusCode"], answer.get("FunctionError"), answer["Payload"].read().decode()]


show(
    invoked=invoked(b'{"orderId": "A-1"}'),
    failed=invoked(b'{"fails": true}'),
    dryRun=invoked(InvocationType="DryRun"),
    event=invoked(InvocationType="Event"),
    noJson=refusal(functions.invoke, FunctionName="orders", Payload=b"{"),
)

configured = functions.update_function_configuration(
    FunctionName="orders", Description="of the shop", Environment={"Variables": {"TABLE": "other-table"}}
)
show(
    updating=configured["LastUpdateStatus"],
    stale=refusal(functions.update_function_configuration, FunctionName="orders", RevisionId="stale"),
    configured=functions.get_function_configuration(FunctionName="orders")["Description"],
    reconfigured=invoked(b'{"orderId": "A-1"}'),
)
first = functions.publish_version(FunctionName="orders", Description="first")["Version"]
again = functions.publish_version(FunctionName="orders")["Version"]
python = "def handler(event, context):\n    return context.function_version"
functions.update_function_configuration(FunctionName="orders", Runtime="python3.13", Handler="shop/app.handler")
functions.update_function_code(FunctionName="orders", ZipFile=zipped({"shop/app.py": python}), Publish=True)
alias = functions.create_alias(FunctionName="orders", Name="live", FunctionVersion=first, Description="of today")
show(
    versions=[first, again, [found["Version"] for found in functions.list_versions_by_function(FunctionName="orders")["Versions"]]],
    latest=invoked(),
    first=invoked(b'{"orderId": "A-1"}', Qualifier="1"),
    alias=[alias["AliasArn"], invoked(b'{"orderId": "A-1"}', Qualifier="live")[2]],
    routed=functions.update_alias(
        FunctionName="orders", Name="live", FunctionVersion="2", RoutingConfig={"AdditionalVersionWeights": {"1": 0.0}}
    )["RoutingConfig"],
    moved=invoked(Qualifier="live")[2],
    aliases=[found["Name"] for found in functions.list_aliases(FunctionName="orders")["Aliases"]],
    gotAlias=functions.get_alias(FunctionName="orders", Name="live")["FunctionVersion"],
    named=refusal(functions.delete_function, FunctionName="orders", Qualifier="2"),
    noVersion=refusal(functions.invoke, FunctionName="orders", Qualifier="9"),
)
functions.delete_alias(FunctionName="orders", Name="live")
functions.delete_function(FunctionName="orders", Qualifier="2")

statement = functions.add_permission(
    FunctionName="orders",
    StatementId="gateway",
    Action="lambda:InvokeFunction",
    Principal="bedrock-agentcore.amazonaws.com",
    SourceAccount="123456789012",
)["Statement"]
policy = functions.get_policy(FunctionName="orders")
show(
    statement=json.loads(statement),
    policy=json.loads(policy["Policy"])["Statement"] == [json.loads(statement)],
    statementTaken=refusal(
        functions.add_permission, FunctionName="orders", StatementId="gateway", Action="*", Principal="*"
    ),
)
functions.remove_permission(FunctionName="orders", StatementId="gateway", RevisionId=policy["RevisionId"])
functions.put_function_concurrency(FunctionName="orders", ReservedConcurrentExecutions=5)
reserved = functions.get_function_concurrency(FunctionName="orders")["ReservedConcurrentExecutions"]
functions.delete_function_concurrency(FunctionName="orders")
arn = created["FunctionArn"]
functions.tag_resource(Resource=arn, Tags={"stage": "test"})
functions.untag_resource(Resource=arn, TagKeys=["team"])
show(
    noPolicy=refusal(functions.get_policy, FunctionName="orders"),
    concurrency=[reserved, functions.get_function_concurrency(FunctionName="orders").get("ReservedConcurrentExecutions")],
    tags=functions.list_tags(Resource=arn)["Tags"],
    signing=functions.get_function_code_signing_config(FunctionName="orders")["FunctionName"],
)

functions.create_function(FunctionName="java", Code={"ZipFile": zipped({"a": ""})}, **{**new, "Runtime": "java21"})
functions.create_function(FunctionName="elsewhere", Code={"S3Bucket": "deployments", "S3Key": "a.zip"}, **new)
link = zipfile.ZipInfo("link")
link.external_attr = (stat.S_IFLNK | 0o777) << 16
show(
    java=functions.invoke(FunctionName="java")["Payload"].read().decode(),
    elsewhere=functions.invoke(FunctionName="elsewhere")["Payload"].read().decode(),
    link=refusal(functions.create_function, FunctionName="other", Code={"ZipFile": zipped({link: "/etc/passwd"})}, **new),
)

functions.update_function_configuration(FunctionName="orders", Runtime="nodejs22.x", Handler="index.handler")
deep = {"index.js": orders, "a/" * 1_900 + "a": ""}
functions.update_function_code(FunctionName="orders", ZipFile=zipped(deep, zipfile.ZIP_STORED))
caller = iam.create_role(RoleName="gateway", AssumeRolePolicyDocument=trusting("bedrock-agentcore.amazonaws.com"))
allowed = {"Effect": "Allow", "Action": "lambda:InvokeFunction", "Resource": arn}
document = json.dumps({"Version": "2012-10-17", "Statement": [allowed]})
iam.put_role_policy(RoleName="gateway", PolicyName="invoke", PolicyDocument=document)
gateway = control.create_gateway(
    name="shop", roleArn=caller["Role"]["Arn"], protocolType="MCP", authorizerType="NONE"
)
schema = {"type": "object", "properties": {"orderId": {"type": "string"}}}
tool = {"name": "get_order", "description": "An order", "inputSchema": schema}
target = control.create_gateway_target(
    gatewayIdentifier=gateway["gatewayId"],
    name="orders",
    targetConfiguration={"mcp": {"lambda": {"lambdaArn": arn, "toolSchema": {"inlinePayload": [tool]}}}},
    credentialProviderConfigurations=[{"credentialProviderType": "GATEWAY_IAM_ROLE"}],
)
wait_until("READY", control.get_gateway_target, gatewayIdentifier=gateway["gatewayId"], targetId=target["targetId"])
call = {"name": "orders___get_order", "arguments": {"orderId": "A-2"}}
request = urllib.request.Request(
    gateway["gatewayUrl"],
    json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}).encode(),
    {"Content-Type": "application/json", "Accept": "application/json, text/event-stream", "MCP-Protocol-Version": "2025-03-26"},
)
show(called=json.load(urllib.request.urlopen(request))["result"]["content"][0]["text"])
for name in ("orders", "java", "elsewhere"):
    functions.delete_function(FunctionName=name)
show(left=functions.list_functions()["Functions"])
