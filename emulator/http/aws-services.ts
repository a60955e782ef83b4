import { agentCoreControl } from "./agentcore-control";
import { agentCoreData } from "./agentcore-data";
import { apiGateway } from "./api-gateway";
import { cognito } from "./cognito-hosts";
import { ecr } from "./ecr";
import { iam } from "./iam";
import { lambda } from "./lambda";
import { logs } from "./logs";
import type { AwsService } from "./protocols/aws-service";
import { claimedScope, type SignedRequest } from "./protocols/sigv4";
import { s3 } from "./s3";
import { secretsManager } from "./secrets-manager";
import { sts } from "./sts";

/** Every AWS service that the emulator offers. The first that a request may mean is the one; AgentCore's two share their signing name. */
export const AWS_SERVICES: readonly AwsService[] = [
  apiGateway,
  cognito,
  ecr,
  iam,
  lambda,
  logs,
  s3,
  secretsManager,
  sts,
  agentCoreData,
  agentCoreControl,
];

/** The service that a request to the bare root means. */
export function serviceMeant(request: SignedRequest): AwsService | undefined {
  const [target = ""] = (request.headers.get("x-amz-target") ?? "").split(".");
  const { pathname } = new URL(request.url);
  const bare = { target, signedFor: claimedScope(request)?.service, pathname };
  return AWS_SERVICES.find((service) => service.isMeantBy(bare));
}
