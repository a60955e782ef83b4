import type { z } from "zod";

import { MAX_GATEWAY_DESCRIPTION } from "../../../aws/agentcore/limits";
import { type GatewayTargetDeclaration, groupOf } from "../../../topology";
import { CLIENT_TOKEN, GATEWAY_ID, TARGET_ID, TARGET_NAME } from "../../cloud/agentcore-constraints";
import { listOf, NOT_EMULATED, structure, text } from "../../cloud/constraints";
import { type GatewayTargets, PASSED_ON, type TargetInMotion } from "../../cloud/gateway/gateway-targets";
import type { Gateway, Gateways } from "../../cloud/gateway/gateways";
import type { Target } from "../../cloud/gateway/target";
import type { UrlMapping } from "../../cloud/network/network";
import { operation, type RestJsonOperation } from "../protocols/aws-rest-json";
import { isoTime, isoTimes } from "../protocols/times";
import { listOperation } from "./list-operation";
import { CREDENTIAL_PROVIDER_CONFIGURATIONS, credentialShape, readCredential } from "./outbound-credential";
import { readTarget, TARGET_CONFIGURATION, targetConfigurationShape, targetType } from "./target-configuration";

const CONFIGURATION = structure({
  gatewayIdentifier: GATEWAY_ID,
  name: TARGET_NAME,
  description: text(MAX_GATEWAY_DESCRIPTION, undefined, 1).optional(),
  targetConfiguration: TARGET_CONFIGURATION,
  credentialProviderConfigurations: CREDENTIAL_PROVIDER_CONFIGURATIONS,
  metadataConfiguration: PASSED_ON.optional(),
  privateEndpoint: NOT_EMULATED,
});
const OF_GATEWAY = structure({ gatewayIdentifier: GATEWAY_ID });
const BY_ID = OF_GATEWAY.extend({ targetId: TARGET_ID });

const TARGETS = "/gateways/:gatewayIdentifier/targets";
const TARGET = `${TARGETS}/:targetId`;

/** The operations of targets, with SynchronizeGatewayTargets. */
export function gatewayTargetOperations(
  gateways: Gateways,
  targets: GatewayTargets,
  report: (error: unknown) => void,
): RestJsonOperation[] {
  /** The service answers before the target has settled. */
  const accept = ({ target, settled }: TargetInMotion, gatewayIdentifier: string, urls: UrlMapping) => {
    settled.catch(report);
    return targetShape(gateways.get(gatewayIdentifier), target, urls);
  };
  return [
    operation(
      "CreateGatewayTarget",
      `POST ${TARGETS}`,
      202,
      CONFIGURATION.extend({ clientToken: CLIENT_TOKEN }),
      (request, urls) => accept(targets.create(readDeclaration(request)), request.gatewayIdentifier, urls),
    ),
    operation("GetGatewayTarget", `GET ${TARGET}`, 200, BY_ID, ({ gatewayIdentifier, targetId }, urls) => {
      const { gateway, target } = targets.get(gatewayIdentifier, targetId);
      return targetShape(gateway, target, urls);
    }),
    listOperation("ListGatewayTargets", `GET ${TARGETS}`, OF_GATEWAY, 1_000, "items", ({ gatewayIdentifier }) =>
      gateways
        .get(gatewayIdentifier)
        .targets.map((target) => ({ ...summary(target), targetType: targetType(target.declaration) })),
    ),
    operation("UpdateGatewayTarget", `PUT ${TARGET}`, 202, CONFIGURATION.extend(BY_ID.shape), (request, urls) =>
      accept(targets.update(request.targetId, readDeclaration(request)), request.gatewayIdentifier, urls),
    ),
    operation("DeleteGatewayTarget", `DELETE ${TARGET}`, 202, BY_ID, ({ gatewayIdentifier, targetId }) => {
      const { gateway, target } = targets.delete(gatewayIdentifier, targetId);
      const { status, statusReasons } = target;
      return { gatewayArn: gateway.attributes.gatewayArn, targetId, status, statusReasons };
    }),
    operation(
      "SynchronizeGatewayTargets",
      "PUT /gateways/:gatewayIdentifier/synchronizeTargets",
      202,
      OF_GATEWAY.extend({ targetIdList: listOf(TARGET_ID, 1, 1) }),
      ({ gatewayIdentifier, targetIdList }, urls) => ({
        targets: targetIdList.map((targetId) =>
          accept(targets.synchronize(gatewayIdentifier, targetId), gatewayIdentifier, urls),
        ),
      }),
    ),
  ];
}

function readDeclaration(request: z.output<typeof CONFIGURATION>): GatewayTargetDeclaration {
  const { gatewayIdentifier, name, description, targetConfiguration } = request;
  return {
    gatewayIdentifier,
    name,
    description,
    credential: readCredential(request.credentialProviderConfigurations),
    passedOn: request.metadataConfiguration,
    ...readTarget(targetConfiguration),
  };
}

function targetShape({ attributes }: Gateway, target: Target, urls: UrlMapping): object {
  const { declaration, statusReasons, authorization } = target;
  return {
    ...summary(target),
    gatewayArn: attributes.gatewayArn,
    statusReasons,
    targetConfiguration: targetConfigurationShape(declaration),
    credentialProviderConfigurations: credentialShape(declaration.credential),
    metadataConfiguration: declaration.passedOn,
    protocolType: groupOf(declaration.targetKind).toUpperCase(),
    ...(authorization && {
      authorizationData: {
        oauth2: { authorizationUrl: urls(authorization.authorizationUrl), userId: authorization.userId },
      },
    }),
  };
}

function summary(target: Target): object {
  const { targetId, declaration, status, lastSynchronizedAt } = target;
  return {
    targetId,
    name: declaration.name,
    description: declaration.description,
    status,
    ...isoTimes(target),
    lastSynchronizedAt: lastSynchronizedAt === undefined ? undefined : isoTime(lastSynchronizedAt),
  };
}
