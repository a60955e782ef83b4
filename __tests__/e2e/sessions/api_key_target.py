control, iam, secrets = client("bedrock-agentcore-control"), client("iam"), client("secretsmanager")
gateway = control.get_gateway(gatewayIdentifier=control.list_gateways()["items"][0]["gatewayId"])

actions = ["bedrock-agentcore:GetWorkloadAccessToken", "bedrock-agentcore:GetResourceApiKey", "secretsmanager:GetSecretValue"]
policy = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": actions, "Resource": "*"}]}
role = gateway["roleArn"].split("/")[-1]
iam.put_role_policy(RoleName=role, PolicyName="api-key", PolicyDocument=json.dumps(policy))

provider = control.create_api_key_credential_provider(name="weather", apiKey="mistyped")
target = dict(
    gatewayIdentifier=gateway["gatewayId"],
    name="weather",
    targetConfiguration={"mcp": {"mcpServer": {"endpoint": values["endpoint"]}}},
    credentialProviderConfigurations=[
        {
            "credentialProviderType": "API_KEY",
            "credentialProvider": {
                "apiKeyCredentialProvider": {
                    "providerArn": provider["credentialProviderArn"],
                    "credentialLocation": "HEADER",
                    "credentialParameterName": "X-Api-Key",
                    "credentialPrefix": "Key",
                }
            },
        }
    ],
)
created = control.create_gateway_target(**target)
found = dict(gatewayIdentifier=gateway["gatewayId"], targetId=created["targetId"])
show(wrongKey=wait_until("FAILED", control.get_gateway_target, **found)["statusReasons"])

control.update_api_key_credential_provider(name="weather", apiKey=values["key"])
control.synchronize_gateway_targets(gatewayIdentifier=gateway["gatewayId"], targetIdList=[created["targetId"]])
ready = wait_until("READY", control.get_gateway_target, **found)
show(credential=ready["credentialProviderConfigurations"][0]["credentialProvider"]["apiKeyCredentialProvider"])
show(secret=secrets.describe_secret(SecretId=provider["apiKeySecretArn"]["secretArn"])["Name"])
