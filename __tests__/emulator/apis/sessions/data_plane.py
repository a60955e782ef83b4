import base64

control, data = client("bedrock-agentcore-control"), client("bedrock-agentcore")
provider = control.list_oauth2_credential_providers()["credentialProviders"][0]["name"]
control.create_workload_identity(name="my-workload")
control.create_api_key_credential_provider(name="weather", apiKey="first-key")
control.update_api_key_credential_provider(name="weather", apiKey="k3y-value")

workload = data.get_workload_access_token(workloadName="my-workload")["workloadAccessToken"]
for_user = data.get_workload_access_token_for_user_id(workloadName="my-workload", userId="me")["workloadAccessToken"]
jwt = ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in (b'{"alg":"RS256"}', b'{"iss":"a","sub":"b"}', b"c"))
for_jwt = data.get_workload_access_token_for_jwt(workloadName="my-workload", userToken=jwt)["workloadAccessToken"]
show(noUser=refusal(data.get_workload_access_token_for_jwt, workloadName="my-workload", userToken="a.b.c"))
show(distinct=len({workload, for_user, for_jwt}))
show(noWorkload=refusal(data.get_workload_access_token, workloadName="nobody"))

m2m = dict(
    workloadIdentityToken=workload,
    resourceCredentialProviderName=provider,
    scopes=["mcp-server/tools.read"],
    oauth2Flow="M2M",
)
show(m2m=data.get_resource_oauth2_token(**m2m)["accessToken"])
show(badScope=refusal(data.get_resource_oauth2_token, **{**m2m, "scopes": ["mcp-server/other"]}))
show(badToken=refusal(data.get_resource_oauth2_token, **{**m2m, "workloadIdentityToken": "x"}))
show(noProvider=refusal(data.get_resource_oauth2_token, **{**m2m, "resourceCredentialProviderName": "other"}))
show(federation=refusal(data.get_resource_oauth2_token, **{**m2m, "oauth2Flow": "USER_FEDERATION"}))
api_key = dict(workloadIdentityToken=for_user, resourceCredentialProviderName="weather")
show(apiKey=data.get_resource_api_key(**api_key)["apiKey"])
show(
    noSession=refusal(
        data.complete_resource_token_auth,
        userIdentifier={"userId": "me"},
        sessionUri="urn:ietf:params:oauth:request_uri:x",
    )
)

runtime = control.list_agent_runtimes()["agentRuntimes"][0]["agentRuntimeArn"]
show(jwtRuntime=refusal(data.invoke_agent_runtime, agentRuntimeArn=runtime, payload=b"{}", qualifier="DEFAULT"))
show(noRuntime=refusal(data.invoke_agent_runtime, agentRuntimeArn=runtime[:-1] + "_", payload=b"{}"))
session = dict(agentRuntimeArn=runtime, runtimeSessionId="s" * 33)
show(noStopping=refusal(data.stop_runtime_session, **session))
stranger = boto3.client("bedrock-agentcore", aws_access_key_id="AKIAIOSFODNN7EXAMPLE", aws_secret_access_key="test")
show(stranger=refusal(stranger.get_workload_access_token, workloadName="my-workload"))
forger = boto3.client("bedrock-agentcore", aws_access_key_id="test", aws_secret_access_key="guess")
show(forger=refusal(forger.get_workload_access_token, workloadName="my-workload"))
show(
    elsewhere=refusal(
        client("bedrock-agentcore", region="eu-west-1").get_workload_access_token, workloadName="my-workload"
    )
)
show(workload=workload)
