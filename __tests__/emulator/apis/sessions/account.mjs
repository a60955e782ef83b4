// The account beside AgentCore: identity, roles, secrets, repositories, user pools.
import { ONCE, pagesOf, refusal, sdk, show } from "../../../support/aws-sdk-session.mjs";

const [Sts, Iam, Secrets, Ecr, Cognito, Control] = [
  "sts",
  "iam",
  "secrets-manager",
  "ecr",
  "cognito-identity-provider",
  "bedrock-agentcore-control",
].map(sdk);
const sts = new Sts.STS(ONCE);
const iam = new Iam.IAM(ONCE);
const secrets = new Secrets.SecretsManager(ONCE);
const ecr = new Ecr.ECR(ONCE);
const cognito = new Cognito.CognitoIdentityProvider(ONCE);
const control = new Control.BedrockAgentCoreControl(ONCE);

const { Account, Arn } = await sts.getCallerIdentity({});
const stranger = new Sts.STS({
  ...ONCE,
  credentials: { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "test" },
});
show({ identity: [Account, Arn], stranger: await refusal("sts", stranger.getCallerIdentity({})) });

const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [] });
const worker = { RoleName: "worker" };
const { Role } = await iam.createRole({
  ...worker,
  AssumeRolePolicyDocument,
  Path: "/team/",
  Description: "for <workers> & more",
});
show({ role: [Role.Path, Role.Description, Role.CreateDate instanceof Date] });
show({
  taken: await refusal("iam", iam.createRole({ ...worker, AssumeRolePolicyDocument })),
  malformed: await refusal("iam", iam.createRole({ RoleName: "other", AssumeRolePolicyDocument: "{" })),
  rolePages: await pagesOf(Iam.paginateListRoles({ client: iam, pageSize: 2 }, {}), ({ Roles }) => Roles.length),
});
await iam.putRolePolicy({ ...worker, PolicyName: "logs", PolicyDocument: AssumeRolePolicyDocument });
const policies = Iam.paginateListRolePolicies({ client: iam, pageSize: 1 }, { ...worker });
show({
  policies: await pagesOf(policies, ({ PolicyNames }) => PolicyNames),
  occupied: await refusal("iam", iam.deleteRole(worker)),
});
await iam.deleteRolePolicy({ ...worker, PolicyName: "logs" });
await iam.deleteRole(worker);
show({ gone: await refusal("iam", iam.getRole(worker)) });

const { credentialProviders } = await control.listOauth2CredentialProviders({});
const { clientSecretArn } = await control.getOauth2CredentialProvider({ name: credentialProviders[0].name });
const value = await secrets.getSecretValue({ SecretId: clientSecretArn.secretArn });
show({ secret: [Object.keys(JSON.parse(value.SecretString)).sort(), value.CreatedDate instanceof Date] });
show({ noSecret: await refusal("secrets-manager", secrets.getSecretValue({ SecretId: "other" })) });

const repositories = Ecr.paginateDescribeRepositories({ client: ecr }, {});
show({
  repositories: await pagesOf(repositories, (page) => page.repositories.map(({ repositoryUri }) => repositoryUri)),
});
show({ noRepository: await refusal("ecr", ecr.describeRepositories({ repositoryNames: ["other"] })) });

const pools = await pagesOf(
  Cognito.paginateListUserPools({ client: cognito, pageSize: 1 }, {}),
  ({ UserPools }) => UserPools[0].Id,
);
const user = { UserPoolId: pools[0], Username: "sdk-user" };
const { User } = await cognito.adminCreateUser({ ...user, MessageAction: "SUPPRESS" });
show({ pools: pools.length, user: [User.UserStatus, User.UserCreateDate instanceof Date] });
show({
  userTaken: await refusal("cognito-identity-provider", cognito.adminCreateUser(user)),
  weak: await refusal(
    "cognito-identity-provider",
    cognito.adminSetUserPassword({ ...user, Password: "weak", Permanent: true }),
  ),
  noPool: await refusal("cognito-identity-provider", cognito.describeUserPool({ UserPoolId: "us-east-1_nowhere" })),
  users: await pagesOf(
    Cognito.paginateListUsers({ client: cognito, pageSize: 1 }, { UserPoolId: pools[0] }),
    ({ Users }) => Users.length,
  ),
});
await cognito.adminDeleteUser(user);
show({ userGone: await refusal("cognito-identity-provider", cognito.adminGetUser(user)) });
