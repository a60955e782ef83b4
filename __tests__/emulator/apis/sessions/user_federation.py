import json
import urllib.error
import urllib.parse
import urllib.request


class Stop(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def location(url, form=None):
    body = urllib.parse.urlencode(form).encode() if form else None
    try:
        urllib.request.build_opener(Stop).open(url, body)
    except urllib.error.HTTPError as answer:
        return answer.headers["location"]


control, data = client("bedrock-agentcore-control"), client("bedrock-agentcore")
control.create_workload_identity(name="agent", allowedResourceOauth2ReturnUrls=["http://localhost:9/back"])
token = data.get_workload_access_token_for_user_id(workloadName="agent", userId="ann")["workloadAccessToken"]
asked = dict(
    workloadIdentityToken=token,
    resourceCredentialProviderName="notes",
    scopes=["notes.read", "offline_access"],
    oauth2Flow="USER_FEDERATION",
    resourceOauth2ReturnUrl="http://localhost:9/back",
    customState="mine",
)
begun = data.get_resource_oauth2_token(**asked)
begun.pop("ResponseMetadata")
show(begun=begun)
waiting = data.get_resource_oauth2_token(**asked, sessionUri=begun["sessionUri"])
show(same=waiting["sessionUri"] == begun["sessionUri"], status=waiting["sessionStatus"])
show(elsewhere=refusal(data.get_resource_oauth2_token, **{**asked, "resourceOauth2ReturnUrl": "http://localhost:9/else"}))

back = location(location(location(begun["authorizationUrl"]), dict(sub="ann", claims="{}")))
show(back=dict(urllib.parse.parse_qsl(urllib.parse.urlparse(back).query)))
data.complete_resource_token_auth(userIdentifier={"userId": "ann"}, sessionUri=begun["sessionUri"])
first = data.get_resource_oauth2_token(**asked, sessionUri=begun["sessionUri"])["accessToken"]
show(kept=data.get_resource_oauth2_token(**asked)["accessToken"] == first, token=first)
show(forced="authorizationUrl" in data.get_resource_oauth2_token(**asked, forceAuthentication=True))

denied = location(data.get_resource_oauth2_token(**{**asked, "scopes": ["other"]})["authorizationUrl"])
query = dict(urllib.parse.parse_qsl(urllib.parse.urlparse(denied).query))
answer = urllib.parse.urlencode(dict(error="access_denied", state=query["state"]))
back = dict(urllib.parse.parse_qsl(urllib.parse.urlparse(location(f"{query['redirect_uri']}?{answer}")).query))
failed = data.get_resource_oauth2_token(**{**asked, "scopes": ["other"]}, sessionUri=back["session_id"])
show(failed=failed["sessionStatus"], error=back["error"])

exchange = dict(
    resourceCredentialProviderName="exchanger",
    scopes=["notes.read"],
    oauth2Flow="ON_BEHALF_OF_TOKEN_EXCHANGE",
    workloadIdentityToken=data.get_workload_access_token_for_jwt(workloadName="agent", userToken=first)[
        "workloadAccessToken"
    ],
)
show(exchanged=data.get_resource_oauth2_token(**exchange)["accessToken"])
show(noExchange=refusal(data.get_resource_oauth2_token, **{**exchange, "resourceCredentialProviderName": "notes"}))
show(noToken=refusal(data.get_resource_oauth2_token, **{**exchange, "workloadIdentityToken": token}))

owner = dict(resourceArn=control.get_gateway(gatewayIdentifier=control.list_gateways()["items"][0]["gatewayId"])["gatewayArn"])
everybody = dict(Effect="Allow", Principal="*", Action="bedrock-agentcore:InvokeGateway", Resource="*")
document = lambda *statements: json.dumps(dict(Version="2012-10-17", Statement=statements))
show(put=control.put_resource_policy(**owner, policy=document(everybody))["policy"] == document(everybody))
show(got=control.get_resource_policy(**owner)["policy"] == document(everybody))
nobody = {name: value for name, value in everybody.items() if name != "Principal"}
show(nobody=refusal(control.put_resource_policy, **owner, policy=document(nobody)))
show(noResource=refusal(control.put_resource_policy, resourceArn=owner["resourceArn"] + "x", policy=document(everybody)))
control.delete_resource_policy(**owner)
show(left=control.get_resource_policy(**owner).get("policy"))
