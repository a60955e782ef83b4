/**
 * The operations that the AWS provider 5.100.0 called for `e2e/real-provider`, as its log (`TF_LOG_PROVIDER=DEBUG`) names
 * them, by the signing name of their service.
 */
export const CALLED_BY_TERRAFORM: Readonly<Record<string, string>> = {
  "cognito-idp": `
    AdminAddUserToGroup AdminCreateUser AdminDeleteUser AdminDisableUser AdminGetUser AdminListGroupsForUser
    AdminRemoveUserFromGroup AdminSetUserPassword CreateGroup CreateIdentityProvider CreateResourceServer
    CreateUserPool CreateUserPoolClient CreateUserPoolDomain DeleteGroup DeleteIdentityProvider
    DeleteResourceServer DeleteUserPool DeleteUserPoolClient DeleteUserPoolDomain DescribeIdentityProvider
    DescribeResourceServer DescribeRiskConfiguration DescribeUserPool DescribeUserPoolClient
    DescribeUserPoolDomain GetGroup GetUICustomization GetUserPoolMfaConfig SetRiskConfiguration
    SetUICustomization SetUserPoolMfaConfig TagResource UpdateGroup UpdateIdentityProvider UpdateResourceServer
    UpdateUserPool UpdateUserPoolClient UpdateUserPoolDomain`,
  ecr: `
    CreateRepository DeleteLifecyclePolicy DeleteRepository DeleteRepositoryPolicy DescribeImages
    DescribeRepositories GetAuthorizationToken GetLifecyclePolicy GetRepositoryPolicy ListTagsForResource
    PutImageScanningConfiguration PutImageTagMutability PutLifecyclePolicy SetRepositoryPolicy TagResource`,
  iam: `
    AttachRolePolicy CreatePolicy CreatePolicyVersion CreateRole DeletePolicy DeletePolicyVersion DeleteRole
    DeleteRolePolicy DetachRolePolicy GetPolicy GetPolicyVersion GetRole GetRolePolicy ListAttachedRolePolicies
    ListInstanceProfilesForRole ListPolicyVersions ListRolePolicies PutRolePolicy TagPolicy TagRole UpdateRole`,
  logs: `
    CreateDelivery CreateLogGroup CreateLogStream DeleteDelivery DeleteDeliveryDestination DeleteMetricFilter
    DeleteSubscriptionFilter DescribeMetricFilters DescribeSubscriptionFilters PutMetricFilter PutSubscriptionFilter
    DeleteDeliveryDestinationPolicy DeleteDeliverySource DeleteLogGroup DeleteLogStream DeleteResourcePolicy
    DescribeLogGroups DescribeLogStreams DescribeResourcePolicies GetDelivery GetDeliveryDestination
    GetDeliveryDestinationPolicy GetDeliverySource ListTagsForResource PutDeliveryDestination
    PutDeliveryDestinationPolicy PutDeliverySource PutResourcePolicy PutRetentionPolicy TagResource`,
  secretsmanager: `
    CreateSecret DeleteResourcePolicy DeleteSecret DescribeSecret GetResourcePolicy GetSecretValue
    PutResourcePolicy PutSecretValue TagResource UpdateSecretVersionStage`,
  sts: "GetCallerIdentity",
};
