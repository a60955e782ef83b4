import type { z } from "zod";

import {
  DEFAULT_SESSION_MINUTES,
  GATEWAY_SESSION_SECONDS,
  MAX_GATEWAY_DESCRIPTION,
  MAX_INSTRUCTIONS,
  MAX_INTERCEPTORS,
} from "../../../aws/agentcore/limits";
import {
  AUTHORIZER_TYPES,
  INTERCEPTION_POINTS,
  POLICY_ENGINE_MODES,
  PROTOCOL_TYPES,
} from "../../../aws/agentcore/values";
import type { GatewayDeclaration, InterceptorDeclaration } from "../../../topology";
import {
  AUTHORIZER_CONFIGURATION,
  CLIENT_TOKEN,
  GATEWAY_ID,
  GATEWAY_NAME,
  LAMBDA_ARN,
  POLICY_ENGINE_ARN,
  ROLE_ARN,
  TAGS,
} from "../../cloud/agentcore-constraints";
import { boolean, integer, listOf, NOT_EMULATED, oneOf, structure, text, UNBOUNDED } from "../../cloud/constraints";
import type { Gateway, Gateways } from "../../cloud/gateway/gateways";
import type { UrlMapping } from "../../cloud/network/network";
import { operation, type RestJsonOperation } from "../protocols/aws-rest-json";
import { isoTimes } from "../protocols/times";
import { authorizerShape, readAuthorizer } from "./authorizer";
import { listOperation } from "./list-operation";

const INTERCEPTOR = structure({
  interceptor: structure({ lambda: structure({ arn: LAMBDA_ARN }) }),
  interceptionPoints: listOf(oneOf(INTERCEPTION_POINTS), INTERCEPTION_POINTS.length, 1),
  inputConfiguration: structure({ passRequestHeaders: boolean(), payloadFilter: NOT_EMULATED }).optional(),
});

const CONFIGURATION = structure({
  name: GATEWAY_NAME,
  description: text(MAX_GATEWAY_DESCRIPTION, undefined, 1).optional(),
  roleArn: ROLE_ARN,
  protocolType: oneOf(PROTOCOL_TYPES).optional(),
  protocolConfiguration: structure({
    mcp: structure({
      supportedVersions: listOf(text(UNBOUNDED), UNBOUNDED).optional(),
      instructions: text(MAX_INSTRUCTIONS, undefined, 1).optional(),
      searchType: oneOf(["SEMANTIC"]).optional(),
      sessionConfiguration: structure({
        sessionTimeoutInSeconds: integer(GATEWAY_SESSION_SECONDS.shortest, GATEWAY_SESSION_SECONDS.longest).default(
          DEFAULT_SESSION_MINUTES * 60,
        ),
      }).optional(),
      streamingConfiguration: structure({ enableResponseStreaming: boolean() }).optional(),
    }),
  }).optional(),
  authorizerType: oneOf(AUTHORIZER_TYPES),
  authorizerConfiguration: AUTHORIZER_CONFIGURATION.optional(),
  exceptionLevel: oneOf(["DEBUG"]).optional(),
  kmsKeyArn: NOT_EMULATED,
  interceptorConfigurations: listOf(INTERCEPTOR, MAX_INTERCEPTORS, 1).optional(),
  policyEngineConfiguration: structure({ arn: POLICY_ENGINE_ARN, mode: oneOf(POLICY_ENGINE_MODES) }).optional(),
});
const BY_ID = structure({ gatewayIdentifier: GATEWAY_ID });

/** CreateGateway, GetGateway, ListGateways, UpdateGateway, DeleteGateway. */
export function gatewayOperations(gateways: Gateways): RestJsonOperation[] {
  return [
    operation(
      "CreateGateway",
      "POST /gateways",
      202,
      CONFIGURATION.extend({ clientToken: CLIENT_TOKEN, tags: TAGS.optional() }),
      (request, urls) => gatewayShape(gateways.create(readDeclaration(request), request.tags), urls),
    ),
    operation("GetGateway", "GET /gateways/:gatewayIdentifier", 200, BY_ID, ({ gatewayIdentifier }, urls) =>
      gatewayShape(gateways.get(gatewayIdentifier), urls),
    ),
    listOperation("ListGateways", "GET /gateways", structure({}), 1_000, "items", () => gateways.all().map(summary)),
    operation(
      "UpdateGateway",
      "PUT /gateways/:gatewayIdentifier",
      202,
      CONFIGURATION.extend(BY_ID.shape),
      (request, urls) => gatewayShape(gateways.update(request.gatewayIdentifier, readDeclaration(request)), urls),
    ),
    operation("DeleteGateway", "DELETE /gateways/:gatewayIdentifier", 202, BY_ID, ({ gatewayIdentifier }) => {
      const { attributes, status } = gateways.delete(gatewayIdentifier);
      return { gatewayId: attributes.gatewayId, status, statusReasons: [] };
    }),
  ];
}

function readDeclaration(request: z.output<typeof CONFIGURATION>): GatewayDeclaration {
  const { name, description, roleArn, authorizerType, protocolType, exceptionLevel } = request;
  const customJwtAuthorizer = readAuthorizer(request.authorizerConfiguration);
  const {
    streamingConfiguration: streaming,
    sessionConfiguration: sessions,
    ...mcp
  } = request.protocolConfiguration?.mcp ?? {};
  const interceptors = request.interceptorConfigurations?.map(readInterceptor);
  return {
    name,
    description,
    roleArn,
    authorizerType,
    protocolType,
    exceptionLevel,
    customJwtAuthorizer,
    interceptors,
    responseStreaming: streaming?.enableResponseStreaming,
    sessionTimeout: sessions?.sessionTimeoutInSeconds,
    policyEngine: request.policyEngineConfiguration,
    ...mcp,
  };
}

function readInterceptor({
  interceptor,
  interceptionPoints,
  inputConfiguration,
}: z.output<typeof INTERCEPTOR>): InterceptorDeclaration {
  const passRequestHeaders = inputConfiguration?.passRequestHeaders ?? false;
  return { lambdaArn: interceptor.lambda.arn, points: interceptionPoints, passRequestHeaders };
}

function interceptorShape({ lambdaArn, points, passRequestHeaders }: InterceptorDeclaration): object {
  return {
    interceptor: { lambda: { arn: lambdaArn } },
    interceptionPoints: points,
    inputConfiguration: { passRequestHeaders },
  };
}

/** @param urls gives the gateway's URL as its callers reach it */
function gatewayShape(gateway: Gateway, urls: UrlMapping): object {
  const { attributes, declaration, supportedVersions } = gateway;
  const { gatewayArn, gatewayUrl, workloadIdentityArn } = attributes;
  const { roleArn, instructions, searchType, customJwtAuthorizer, exceptionLevel, interceptors } = declaration;
  const { responseStreaming, sessionTimeout, policyEngine } = declaration;
  const streamingConfiguration =
    responseStreaming === undefined ? undefined : { enableResponseStreaming: responseStreaming };
  const sessionConfiguration = sessionTimeout === undefined ? undefined : { sessionTimeoutInSeconds: sessionTimeout };
  return {
    ...summary(gateway),
    gatewayArn,
    gatewayUrl: urls(gatewayUrl),
    statusReasons: [],
    roleArn,
    protocolConfiguration: declaration.protocolType && {
      mcp: { supportedVersions, instructions, searchType, sessionConfiguration, streamingConfiguration },
    },
    authorizerConfiguration: authorizerShape(customJwtAuthorizer),
    workloadIdentityDetails: { workloadIdentityArn },
    exceptionLevel,
    interceptorConfigurations: interceptors?.map(interceptorShape),
    policyEngineConfiguration: policyEngine,
  };
}

function summary(gateway: Gateway): object {
  const { attributes, declaration, status } = gateway;
  const { name, description, authorizerType, protocolType } = declaration;
  return {
    gatewayId: attributes.gatewayId,
    name,
    description,
    status,
    ...isoTimes(gateway),
    authorizerType,
    protocolType,
  };
}
