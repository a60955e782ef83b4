import type { Account } from "../cloud/account";
import type { HostService } from "../cloud/network";
import { agentCoreControlHandler } from "./agentcore-control";
import { AgentCoreDataHost } from "./agentcore-data";
import { ApiHost } from "./api-host";
import { CognitoHosts } from "./cognito-hosts";
import { ecrHandler } from "./ecr";
import { iamHandler } from "./iam";
import type { IamAuthorizer } from "./iam-authorizer";
import { secretsManagerHandler } from "./secrets-manager";
import { apiHostName } from "./service-names";
import { stsHandler } from "./sts";

/** Every AWS API that the emulator offers, at its host. */
export function awsApis(account: Account, iam: IamAuthorizer): HostService[] {
  const { environment, secrets, repositories } = account;
  const { region } = environment;
  return [
    new CognitoHosts(account),
    new AgentCoreDataHost(account, iam),
    new ApiHost(apiHostName("bedrock-agentcore-control", region), agentCoreControlHandler(account)),
    new ApiHost(apiHostName("sts", region), stsHandler(environment)),
    new ApiHost(apiHostName("iam", region), iamHandler(account.iam, environment)),
    new ApiHost(apiHostName("secretsmanager", region), secretsManagerHandler(secrets, environment)),
    new ApiHost(apiHostName("ecr", region), ecrHandler(repositories, environment)),
  ];
}
