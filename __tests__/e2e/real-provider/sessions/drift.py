# Changes every resource of a state behind Terraform's back, by its kind. Shows the addresses of those that it changed.
cognito, iam, ecr, secrets = client("cognito-idp"), client("iam"), client("ecr"), client("secretsmanager")
logs, functions = client("logs"), client("lambda")

OTHER_POLICY = json.dumps(
    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*"}]}
)
EXCEPTIONS = {"BlockedIPRangeList": ["192.0.2.1/32"]}


def certificate(arn):
    return {"CustomDomainConfig": {"CertificateArn": arn[:-1] + "9"}} if arn else {}


def rotation(blocks):
    """Without it the client would get the refresh flow back, which rotation does not go with."""
    return {"RefreshTokenRotation": {"Feature": "ENABLED"}} if blocks else {}


def client_of(values):
    return {"ClientId": values["client_id"]} if values.get("client_id") and values["client_id"] != "ALL" else {}


CHANGES = {
    "aws_cloudwatch_log_delivery": lambda v: logs.delete_delivery(id=v["id"]),
    "aws_cloudwatch_log_delivery_destination": lambda v: logs.tag_resource(resourceArn=v["arn"], tags={"drift": "1"}),
    "aws_cloudwatch_log_delivery_destination_policy": lambda v: logs.delete_delivery_destination_policy(
        deliveryDestinationName=v["delivery_destination_name"]
    ),
    "aws_cloudwatch_log_delivery_source": lambda v: logs.tag_resource(resourceArn=v["arn"], tags={"drift": "1"}),
    "aws_cloudwatch_log_group": lambda v: logs.put_retention_policy(logGroupName=v["name"], retentionInDays=1),
    "aws_cloudwatch_log_metric_filter": lambda v: logs.delete_metric_filter(
        logGroupName=v["log_group_name"], filterName=v["name"]
    ),
    "aws_cloudwatch_log_resource_policy": lambda v: logs.delete_resource_policy(policyName=v["policy_name"]),
    "aws_cloudwatch_log_stream": lambda v: logs.delete_log_stream(
        logGroupName=v["log_group_name"], logStreamName=v["name"]
    ),
    "aws_cloudwatch_log_subscription_filter": lambda v: logs.delete_subscription_filter(
        logGroupName=v["log_group_name"], filterName=v["name"]
    ),
    "aws_cognito_identity_provider": lambda v: cognito.update_identity_provider(
        UserPoolId=v["user_pool_id"],
        ProviderName=v["provider_name"],
        ProviderDetails={**v["provider_details"], "client_id": "other"},
    ),
    "aws_cognito_managed_user_pool_client": lambda v: cognito.update_user_pool_client(
        UserPoolId=v["user_pool_id"], ClientId=v["id"]
    ),
    "aws_cognito_resource_server": lambda v: cognito.update_resource_server(
        UserPoolId=v["user_pool_id"], Identifier=v["identifier"], Name="other", Scopes=[]
    ),
    "aws_cognito_risk_configuration": lambda v: cognito.set_risk_configuration(
        UserPoolId=v["user_pool_id"], RiskExceptionConfiguration=EXCEPTIONS, **client_of(v)
    ),
    "aws_cognito_user": lambda v: (cognito.admin_disable_user if v["enabled"] else cognito.admin_enable_user)(
        UserPoolId=v["user_pool_id"], Username=v["username"]
    ),
    "aws_cognito_user_group": lambda v: cognito.update_group(
        UserPoolId=v["user_pool_id"], GroupName=v["name"], Description="other"
    ),
    "aws_cognito_user_in_group": lambda v: cognito.admin_remove_user_from_group(
        UserPoolId=v["user_pool_id"], GroupName=v["group_name"], Username=v["username"]
    ),
    "aws_cognito_user_pool": lambda v: cognito.update_user_pool(
        UserPoolId=v["id"], AutoVerifiedAttributes=["phone_number"]
    ),
    "aws_cognito_user_pool_client": lambda v: cognito.update_user_pool_client(
        UserPoolId=v["user_pool_id"], ClientId=v["id"], ClientName="other", **rotation(v["refresh_token_rotation"])
    ),
    "aws_cognito_user_pool_domain": lambda v: cognito.update_user_pool_domain(
        UserPoolId=v["user_pool_id"],
        Domain=v["domain"],
        ManagedLoginVersion=3 - v["managed_login_version"],
        **certificate(v["certificate_arn"])
    ),
    "aws_cognito_user_pool_ui_customization": lambda v: cognito.set_ui_customization(
        UserPoolId=v["user_pool_id"], CSS=".label-customizable {font-weight: 900;}", **client_of(v)
    ),
    "aws_ecr_lifecycle_policy": lambda v: ecr.delete_lifecycle_policy(repositoryName=v["repository"]),
    "aws_ecr_repository": lambda v: ecr.put_image_tag_mutability(
        repositoryName=v["name"], imageTagMutability="IMMUTABLE"
    ),
    "aws_ecr_repository_policy": lambda v: ecr.delete_repository_policy(repositoryName=v["repository"]),
    "aws_iam_policy": lambda v: iam.create_policy_version(
        PolicyArn=v["arn"], PolicyDocument=OTHER_POLICY, SetAsDefault=True
    ),
    "aws_iam_policy_attachment": lambda v: iam.detach_role_policy(RoleName=v["roles"][0], PolicyArn=v["policy_arn"]),
    "aws_iam_role": lambda v: iam.update_role(RoleName=v["name"], Description="other"),
    "aws_iam_role_policies_exclusive": lambda v: iam.put_role_policy(
        RoleName=v["role_name"], PolicyName="other", PolicyDocument=OTHER_POLICY
    ),
    "aws_iam_role_policy": lambda v: iam.put_role_policy(
        RoleName=v["role"], PolicyName=v["name"], PolicyDocument=OTHER_POLICY
    ),
    "aws_iam_role_policy_attachment": lambda v: iam.detach_role_policy(RoleName=v["role"], PolicyArn=v["policy_arn"]),
    "aws_iam_role_policy_attachments_exclusive": lambda v: iam.attach_role_policy(
        RoleName=v["role_name"], PolicyArn="arn:aws:iam::aws:policy/ReadOnlyAccess"
    ),
    "aws_lambda_alias": lambda v: functions.update_alias(
        FunctionName=v["function_name"], Name=v["name"], Description="other"
    ),
    "aws_lambda_function": lambda v: functions.update_function_configuration(
        FunctionName=v["function_name"], Description="other"
    ),
    "aws_lambda_permission": lambda v: functions.remove_permission(
        FunctionName=v["function_name"],
        StatementId=v["statement_id"],
        **({"Qualifier": v["qualifier"]} if v["qualifier"] else {})
    ),
    "aws_secretsmanager_secret": lambda v: secrets.update_secret(SecretId=v["arn"], Description="other"),
    "aws_secretsmanager_secret_policy": lambda v: secrets.delete_resource_policy(SecretId=v["secret_arn"]),
    "aws_secretsmanager_secret_version": lambda v: secrets.put_secret_value(
        SecretId=v["secret_id"], SecretString="other"
    ),
}

for resource in values["resources"]:
    CHANGES[resource["type"]](resource["values"])
show(changed=[resource["address"] for resource in values["resources"]])
