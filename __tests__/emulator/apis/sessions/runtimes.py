control = client("bedrock-agentcore-control")
declared = control.list_agent_runtimes()["agentRuntimes"][0]
model = control.get_agent_runtime(agentRuntimeId=declared["agentRuntimeId"])
show(model=model)
new = {key: model[key] for key in ("agentRuntimeArtifact", "roleArn", "networkConfiguration", "protocolConfiguration")}
created = control.create_agent_runtime(
    agentRuntimeName="second",
    environmentVariables={"A": "1"},
    description="d",
    lifecycleConfiguration={"maxLifetime": 600},
    **new
)
show(created=created)
runtime = dict(agentRuntimeId=created["agentRuntimeId"])
show(ready=wait_until("READY", control.get_agent_runtime, **runtime))
container = lambda uri: {"agentRuntimeArtifact": {"containerConfiguration": {"containerUri": uri}}}
refused = lambda name, **changes: refusal(control.create_agent_runtime, agentRuntimeName=name, **{**new, **changes})
show(
    taken=refused("second"),
    hyphen=refused("no-hyphens"),
    noRole=refused("third", roleArn="arn:aws:iam::123456789012:role/nobody"),
    noRepository=refused("third", **container("123456789012.dkr.ecr.us-east-1.amazonaws.com/other:1")),
    dockerHub=refused("third", **container("docker.io/library/python:3")),
)
show(default=control.get_agent_runtime_endpoint(endpointName="DEFAULT", **runtime))
pinned = control.create_agent_runtime_endpoint(name="pinned", agentRuntimeVersion="1", **runtime)
wait_until("READY", control.get_agent_runtime_endpoint, endpointName="pinned", **runtime)
updated = control.update_agent_runtime(**runtime, **new)
after = wait_until("READY", control.get_agent_runtime, **runtime)
show(pinned=pinned, updated=updated, cleared="environmentVariables" not in after or after["environmentVariables"] == {})
show(first=control.get_agent_runtime(agentRuntimeVersion="1", **runtime)["environmentVariables"])
show(noVersion=refusal(control.get_agent_runtime, agentRuntimeVersion="9", **runtime))
show(versions=[v["agentRuntimeVersion"] for v in control.list_agent_runtime_versions(**runtime)["agentRuntimes"]])
show(live={e["name"]: e["liveVersion"] for e in control.list_agent_runtime_endpoints(**runtime)["runtimeEndpoints"]})
show(
    moved=control.update_agent_runtime_endpoint(endpointName="pinned", agentRuntimeVersion="2", **runtime)[
        "targetVersion"
    ]
)
show(defaultStays=refusal(control.delete_agent_runtime_endpoint, endpointName="DEFAULT", **runtime))
show(deletingEndpoint=control.delete_agent_runtime_endpoint(endpointName="pinned", **runtime)["status"])
show(endpointGone=refusal(control.get_agent_runtime_endpoint, endpointName="pinned", **runtime))
show(deleting=control.delete_agent_runtime(**runtime)["status"], gone=refusal(control.get_agent_runtime, **runtime))
