control = client("bedrock-agentcore-control")
declared = control.list_gateways()["items"][0]
model = control.get_gateway(gatewayIdentifier=declared["gatewayId"])
authorizer = model["authorizerConfiguration"]
new = dict(
    roleArn=model["roleArn"], protocolType="MCP", authorizerType="CUSTOM_JWT", authorizerConfiguration=authorizer
)
created = control.create_gateway(
    name="Second-One",
    description="a second",
    tags={"team": "tools"},
    protocolConfiguration={"mcp": {"searchType": "SEMANTIC", "supportedVersions": ["2025-06-18"]}},
    **new
)
show(created=created)
gateway = dict(gatewayIdentifier=created["gatewayId"])
ready = wait_until("READY", control.get_gateway, **gateway)
show(ready=ready, age=abs((datetime.datetime.now(datetime.timezone.utc) - ready["createdAt"]).total_seconds()))
refused = lambda name, **changes: refusal(
    control.create_gateway, name=name, **{key: value for key, value in {**new, **changes}.items() if value}
)
issuer_alone = {"discoveryUrl": authorizer["customJWTAuthorizer"]["discoveryUrl"]}
show(
    taken=refused("Second-One"),
    withoutAuthorizer=refused("third", authorizerConfiguration=None),
    noConstraint=refused("third", authorizerConfiguration={"customJWTAuthorizer": issuer_alone}),
    invalid=refused("no_underscores", roleArn="arn:aws:iam::1:user/me"),
    notEmulated=refused("third", kmsKeyArn="arn:aws:kms:us-east-1:123456789012:key/" + "a" * 36),
)
show(byArn=refusal(control.get_gateway, gatewayIdentifier=model["gatewayArn"]))
token = "a" * 40
twice = [control.create_gateway(name="once", clientToken=token, **new)["gatewayId"] for _ in range(2)]
show(once=len(set(twice)))
pages = list(control.get_paginator("list_gateways").paginate(PaginationConfig={"PageSize": 2}))
show(pages=[[item["name"] for item in page["items"]] for page in pages])
show(badToken=refusal(control.list_gateways, nextToken="x"))
show(renamed=refusal(control.update_gateway, name="Other", **gateway, **new))
updated = control.update_gateway(name="Second-One", description="changed", **gateway, **new)
protocol = wait_until("READY", control.get_gateway, **gateway)["protocolConfiguration"]
show(updated=[updated["status"], updated["description"], protocol])

source = control.list_gateway_targets(gatewayIdentifier=declared["gatewayId"])["items"][0]
original = control.get_gateway_target(gatewayIdentifier=declared["gatewayId"], targetId=source["targetId"])
oauth = original["credentialProviderConfigurations"]
configuration = {"mcp": {"mcpServer": {"endpoint": original["targetConfiguration"]["mcp"]["mcpServer"]["endpoint"]}}}
home = dict(gatewayIdentifier=declared["gatewayId"])
target = control.create_gateway_target(
    name="again", targetConfiguration=configuration, credentialProviderConfigurations=oauth, **home
)
show(target=target)
where = dict(targetId=target["targetId"], **home)
show(targetReady=wait_until("READY", control.get_gateway_target, **where))
show(targetTaken=refusal(control.create_gateway_target, name="again", targetConfiguration=configuration, **home))
model_target = {"mcp": {"smithyModel": {"inlinePayload": "{}"}}}
show(smithy=refusal(control.create_gateway_target, name="other", targetConfiguration=model_target, **home))
unencrypted = {"mcp": {"mcpServer": {"endpoint": "http://x"}}}
show(http=refusal(control.create_gateway_target, name="plain", targetConfiguration=unencrypted, **home))
show(unknownTarget=refusal(control.get_gateway_target, targetId="0000000000", **home))
synchronizing = control.synchronize_gateway_targets(targetIdList=[target["targetId"]], **home)["targets"]
show(synchronizing=synchronizing[0]["status"])
wait_until("READY", control.get_gateway_target, **where)
nowhere = {"mcp": {"mcpServer": {"endpoint": "https://nowhere.example.com/mcp"}}}
control.update_gateway_target(name="again", targetConfiguration=nowhere, **where)
show(unsuccessful=wait_until("UPDATE_UNSUCCESSFUL", control.get_gateway_target, **where)["statusReasons"])
control.synchronize_gateway_targets(targetIdList=[target["targetId"]], **home)
wait_until("SYNCHRONIZE_UNSUCCESSFUL", control.get_gateway_target, **where)
failing = control.create_gateway_target(name="failing", targetConfiguration=nowhere, **home)
wait_until("FAILED", control.get_gateway_target, targetId=failing["targetId"], **home)

show(occupied=refusal(control.delete_gateway, **home))
show(
    deletingTarget=control.delete_gateway_target(**where)["status"],
    targetGone=refusal(control.get_gateway_target, **where),
)
arn = created["gatewayArn"]
control.tag_resource(resourceArn=arn, tags={"stage": "test", "owner": "me"})
control.untag_resource(resourceArn=arn, tagKeys=["owner"])
show(tags=control.list_tags_for_resource(resourceArn=arn)["tags"])
show(deleting=control.delete_gateway(**gateway)["status"], gone=refusal(control.get_gateway, **gateway))
show(tagsGone=refusal(control.list_tags_for_resource, resourceArn=arn))
show(unknown=refusal(control.list_memories))
