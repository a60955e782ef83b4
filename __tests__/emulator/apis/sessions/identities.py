control = client("bedrock-agentcore-control")
declared = control.list_oauth2_credential_providers()["credentialProviders"][0]
model = control.get_oauth2_credential_provider(name=declared["name"])
show(model=model)
discovery = {"discoveryUrl": "https://issuer.example.com/.well-known/openid-configuration"}
config = lambda **members: {"customOauth2ProviderConfig": {"clientId": "c", "clientSecret": "s3cret-value", **members}}
custom = dict(name="mine", credentialProviderVendor="CustomOauth2")
by_url = dict(oauth2ProviderConfigInput=config(oauthDiscovery=discovery))
create = control.create_oauth2_credential_provider
show(created=create(tags={"a": "b"}, **custom, **by_url), taken=refusal(create, **custom, **by_url))
show(otherVendor=refusal(create, name="g", credentialProviderVendor="GoogleOauth2", **by_url))
endpoints = {"issuer": "https://i", "authorizationEndpoint": "https://i/a", "tokenEndpoint": "https://i/t"}
metadata = {"authorizationServerMetadata": endpoints}
show(
    updated=control.update_oauth2_credential_provider(
        oauth2ProviderConfigInput=config(oauthDiscovery=metadata), **custom
    )["oauth2ProviderConfigOutput"]
)
included = {"includedOauth2ProviderConfig": {"clientId": "c", "clientSecret": "s", **endpoints}}
create(name="cognito", credentialProviderVendor="CognitoOauth2", oauth2ProviderConfigInput=included)
vendor = dict(name="google", credentialProviderVendor="GoogleOauth2")
google = {"googleOauth2ProviderConfig": {"clientId": "c", "clientSecret": "s"}}
create(oauth2ProviderConfigInput=google, **vendor)
show(google=control.get_oauth2_credential_provider(name="google")["oauth2ProviderConfigOutput"])
control.delete_oauth2_credential_provider(name="google")
unchecked = client("bedrock-agentcore-control", parameter_validation=False)
show(noConfig=refusal(unchecked.create_oauth2_credential_provider, **vendor))
page = control.list_oauth2_credential_providers(maxResults=2)
show(
    page=len(page["credentialProviders"]),
    rest=[
        p["name"] for p in control.list_oauth2_credential_providers(nextToken=page["nextToken"])["credentialProviders"]
    ],
)
control.delete_oauth2_credential_provider(name="mine")
show(
    gone=refusal(control.get_oauth2_credential_provider, name="mine"),
    goneAgain=refusal(control.delete_oauth2_credential_provider, name="mine"),
)

show(apiKey=control.create_api_key_credential_provider(name="key", apiKey="k3y-value"))
control.update_api_key_credential_provider(name="key", apiKey="other")
got = control.get_api_key_credential_provider(name="key")
show(
    apiKeyGot={k: got[k] for k in got if k != "ResponseMetadata"},
    keys=len(control.list_api_key_credential_providers()["credentialProviders"]),
)
control.delete_api_key_credential_provider(name="key")
show(keyGone=refusal(control.get_api_key_credential_provider, name="key"))

linked = control.list_workload_identities()["workloadIdentities"]
show(
    linked=[i["name"].rsplit("-", 1)[0] for i in linked if "m2m" in i["name"]],
    linkedStays=refusal(control.delete_workload_identity, name=linked[0]["name"]),
)
show(
    identity=control.create_workload_identity(name="my.workload"),
    identityTaken=refusal(control.create_workload_identity, name="my.workload"),
)
show(
    returnUrls=control.update_workload_identity(
        name="my.workload", allowedResourceOauth2ReturnUrls=["https://app/callback"]
    )["allowedResourceOauth2ReturnUrls"]
)
control.delete_workload_identity(name="my.workload")
show(identityGone=refusal(control.get_workload_identity, name="my.workload"))
show(
    vault=control.get_token_vault()["kmsConfiguration"],
    otherVault=refusal(control.get_token_vault, tokenVaultId="other"),
)
