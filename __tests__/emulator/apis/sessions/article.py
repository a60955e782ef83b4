# The article's system, made by the APIs alone and called by its user. Each step is what terraform would do.
import urllib.parse, urllib.request

cognito, iam, control = client("cognito-idp"), client("iam"), client("bedrock-agentcore-control")
account = client("sts").get_caller_identity()["Account"]
agentcore = f"arn:aws:bedrock-agentcore:us-east-1:{account}"


def issuer(pool):
    return f"https://cognito-idp.us-east-1.amazonaws.com/{pool}/.well-known/openid-configuration"


def jwt(pool, app):
    return {"customJWTAuthorizer": {"discoveryUrl": issuer(pool), "allowedClients": [app]}}


def role(name, statements):
    allow = [{"Effect": "Allow", "Action": actions, "Resource": resources} for actions, resources in statements]
    trust = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "bedrock-agentcore.amazonaws.com"}}
    document = lambda entries: json.dumps({"Version": "2012-10-17", "Statement": entries})
    arn = iam.create_role(RoleName=name, AssumeRolePolicyDocument=document([trust]))["Role"]["Arn"]
    iam.put_role_policy(RoleName=name, PolicyName="policy", PolicyDocument=document(allow))
    return arn


inbound = cognito.create_user_pool(PoolName="inbound")["UserPool"]["Id"]
app = cognito.create_user_pool_client(
    UserPoolId=inbound, ClientName="app", ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
)["UserPoolClient"]["ClientId"]
outbound = cognito.create_user_pool(PoolName="outbound")["UserPool"]["Id"]
cognito.create_user_pool_domain(UserPoolId=outbound, Domain="outbound-a1b2c3d4")
scope = {"ScopeName": "tools.execute", "ScopeDescription": "May call tools"}
cognito.create_resource_server(UserPoolId=outbound, Identifier="mcp-server", Name="MCP", Scopes=[scope])
machine = cognito.create_user_pool_client(
    UserPoolId=outbound,
    ClientName="m2m",
    GenerateSecret=True,
    AllowedOAuthFlows=["client_credentials"],
    AllowedOAuthScopes=["mcp-server/tools.execute"],
    AllowedOAuthFlowsUserPoolClient=True,
)["UserPoolClient"]
custom = {
    "oauthDiscovery": {"discoveryUrl": issuer(outbound)},
    "clientId": machine["ClientId"],
    "clientSecret": machine["ClientSecret"],
}
provider = control.create_oauth2_credential_provider(
    name="m2m",
    credentialProviderVendor="CustomOauth2",
    oauth2ProviderConfigInput={"customOauth2ProviderConfig": custom},
)
runtime = control.create_agent_runtime(
    agentRuntimeName="mcp_server",
    agentRuntimeArtifact={"containerConfiguration": {"containerUri": "public.ecr.aws/demo/mcp-server:latest"}},
    roleArn=role("runtime", []),
    networkConfiguration={"networkMode": "PUBLIC"},
    protocolConfiguration={"serverProtocol": "MCP"},
    authorizerConfiguration=jwt(outbound, machine["ClientId"]),
)
wait_until("READY", control.get_agent_runtime, agentRuntimeId=runtime["agentRuntimeId"])
gateway_role = role(
    "gateway",
    [
        ("bedrock-agentcore:GetWorkloadAccessToken", f"{agentcore}:workload-identity-directory/default*"),
        (
            "bedrock-agentcore:GetResourceOauth2Token",
            [f"{agentcore}:token-vault/default*", f"{agentcore}:workload-identity-directory/default*"],
        ),
    ],
)
gateway = control.create_gateway(
    name="gateway",
    roleArn=gateway_role,
    protocolType="MCP",
    authorizerType="CUSTOM_JWT",
    authorizerConfiguration=jwt(inbound, app),
)
here = dict(gatewayIdentifier=gateway["gatewayId"])
wait_until("READY", control.get_gateway, **here)
encoded = urllib.parse.quote(runtime["agentRuntimeArn"], safe="")
endpoint = f"https://bedrock-agentcore.us-east-1.amazonaws.com/runtimes/{encoded}/invocations"
oauth = {"providerArn": provider["credentialProviderArn"], "scopes": ["mcp-server/tools.execute"]}
target = control.create_gateway_target(
    name="tools",
    targetConfiguration={"mcp": {"mcpServer": {"endpoint": endpoint}}},
    credentialProviderConfigurations=[
        {"credentialProviderType": "OAUTH", "credentialProvider": {"oauthCredentialProvider": oauth}}
    ],
    **here,
)
where = dict(targetId=target["targetId"], **here)
show(denied=wait_until("FAILED", control.get_gateway_target, **where)["statusReasons"])
secret = provider["clientSecretArn"]["secretArn"]
read = {"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": secret}
iam.put_role_policy(
    RoleName="gateway",
    PolicyName="secret",
    PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [read]}),
)
control.synchronize_gateway_targets(targetIdList=[target["targetId"]], **here)
wait_until("READY", control.get_gateway_target, **where)

user = dict(UserPoolId=inbound, Username="test-user")
cognito.admin_create_user(MessageAction="SUPPRESS", TemporaryPassword="TempPass123!", **user)
cognito.admin_set_user_password(Password="TestPass123!", Permanent=True, **user)
password = {"USERNAME": "test-user", "PASSWORD": "TestPass123!"}
token = cognito.initiate_auth(ClientId=app, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=password)
headers = {
    "authorization": "Bearer " + token["AuthenticationResult"]["AccessToken"],
    "content-type": "application/json",
    "accept": "application/json, text/event-stream",
}
call = {"name": "tools___add_numbers", "arguments": {"a": 5, "b": 3}}
message = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}).encode()
request = urllib.request.Request(gateway["gatewayUrl"], message, headers)
with urllib.request.urlopen(request) as response:
    show(called=json.load(response)["result"])

# A target that is a function, and a runtime that lets in whoever signs for it.
function = f"arn:aws:lambda:us-east-1:{account}:function:weather"
schema = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}
tools = [{"name": "forecast", "description": "Tomorrow's weather", "inputSchema": schema}]
of_function = dict(
    name="weather",
    targetConfiguration={"mcp": {"lambda": {"lambdaArn": function, "toolSchema": {"inlinePayload": tools}}}},
    credentialProviderConfigurations=[{"credentialProviderType": "GATEWAY_IAM_ROLE"}],
    **here,
)
show(notInvocable=refusal(control.create_gateway_target, **of_function))
invoke = {"Effect": "Allow", "Action": "lambda:InvokeFunction", "Resource": function}
iam.put_role_policy(
    RoleName="gateway",
    PolicyName="invoke",
    PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [invoke]}),
)
weather = dict(targetId=control.create_gateway_target(**of_function)["targetId"], **here)
described = wait_until("READY", control.get_gateway_target, **weather)
show(function=described["targetConfiguration"]["mcp"]["lambda"]["toolSchema"]["inlinePayload"] == tools)
signed = control.create_agent_runtime(
    agentRuntimeName="signed",
    agentRuntimeArtifact={"containerConfiguration": {"containerUri": "public.ecr.aws/demo/mcp-server:latest"}},
    roleArn=f"arn:aws:iam::{account}:role/runtime",
    networkConfiguration={"networkMode": "PUBLIC"},
    protocolConfiguration={"serverProtocol": "MCP"},
)
direct = json.dumps({"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {**call, "name": "add_numbers"}})
data = client("bedrock-agentcore")
answer = data.invoke_agent_runtime(
    agentRuntimeArn=signed["agentRuntimeArn"],
    payload=direct.encode(),
    contentType="application/json",
    accept="application/json, text/event-stream",
)
show(invoked=answer["response"].read().decode())

control.delete_agent_runtime(agentRuntimeId=signed["agentRuntimeId"])
control.delete_gateway_target(**weather)
control.delete_gateway_target(**where)
wait_until_gone(control.get_gateway_target, **where)
wait_until_gone(control.get_gateway_target, **weather)
control.delete_gateway(**here)
control.delete_agent_runtime(agentRuntimeId=runtime["agentRuntimeId"])
for made in (runtime, signed):
    wait_until_gone(control.get_agent_runtime, agentRuntimeId=made["agentRuntimeId"])
show(left=[item["name"] for item in control.list_workload_identities()["workloadIdentities"]])
