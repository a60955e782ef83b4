import { CLIENT_TOKEN, TAGS } from "../../cloud/agentcore-constraints";
import { NOT_EMULATED, structure, text, UNBOUNDED } from "../../cloud/constraints";
import {
  type CedarPolicy,
  ENGINE,
  POLICY_MEMBERS,
  type PolicyEngine,
  type PolicyEngines,
} from "../../cloud/policy/policy-engines";
import { operation, type RestJsonOperation } from "../protocols/aws-rest-json";
import { isoTimes } from "../protocols/times";
import { listOperation } from "./list-operation";

const MOST_LISTED = 100;
const ENGINES = "/policy-engines";
const ENGINE_PATH = `${ENGINES}/:policyEngineId`;
const POLICIES = `${ENGINE_PATH}/policies`;
const POLICY_PATH = `${POLICIES}/:policyId`;

const ID = text(UNBOUNDED, undefined, 1);
const BY_ID = structure({ policyEngineId: ID });
const OF_POLICY = structure({ policyEngineId: ID, policyId: ID });

const { statement, validationMode, name, description } = POLICY_MEMBERS.shape;
/** Temporal policies, of Dogwood, are not imitated. */
const DEFINITION = structure({ cedar: structure({ statement }), dogwood: NOT_EMULATED, policy: NOT_EMULATED });
const UPDATED = structure({ optionalValue: description }).optional();

/** CreatePolicyEngine, CreatePolicy, and their Get, List, Update and Delete. */
export function policyEngineOperations(engines: PolicyEngines): RestJsonOperation[] {
  return [...operationsOfEngines(engines), ...operationsOfPolicies(engines)];
}

function operationsOfEngines(engines: PolicyEngines): RestJsonOperation[] {
  const creation = ENGINE.extend({
    clientToken: CLIENT_TOKEN,
    tags: TAGS.optional(),
    encryptionKeyArn: text(UNBOUNDED).optional(),
  });
  return [
    operation("CreatePolicyEngine", `POST ${ENGINES}`, 202, creation, ({ tags, ...declaration }) =>
      engineShape(engines.create(declaration, tags)),
    ),
    operation("GetPolicyEngine", `GET ${ENGINE_PATH}`, 200, BY_ID, ({ policyEngineId }) =>
      engineShape(engines.get(policyEngineId)),
    ),
    listOperation("ListPolicyEngines", `GET ${ENGINES}`, structure({}), MOST_LISTED, "policyEngines", () =>
      engines.all().map(engineShape),
    ),
    operation(
      "UpdatePolicyEngine",
      `PATCH ${ENGINE_PATH}`,
      202,
      BY_ID.extend({ description: UPDATED }),
      ({ policyEngineId, description: updated }) => {
        const engine = engines.get(policyEngineId);
        if (updated) engine.declaration = { ...engine.declaration, description: updated.optionalValue };
        return engineShape(engine);
      },
    ),
    operation("DeletePolicyEngine", `DELETE ${ENGINE_PATH}`, 202, BY_ID, ({ policyEngineId }) => ({
      ...engineShape(engines.delete(policyEngineId)),
      status: "DELETING",
    })),
  ];
}

function operationsOfPolicies(engines: PolicyEngines): RestJsonOperation[] {
  const members = { name, description, definition: DEFINITION, validationMode, enforcementMode: NOT_EMULATED };
  const creation = BY_ID.extend({ ...members, clientToken: CLIENT_TOKEN });
  const update = OF_POLICY.extend({ definition: DEFINITION.optional(), validationMode, description: UPDATED });
  return [
    operation("CreatePolicy", `POST ${POLICIES}`, 202, creation, ({ definition, ...policy }) =>
      policyShape(engines.createPolicy({ ...policy, statement: definition.cedar.statement })),
    ),
    operation("GetPolicy", `GET ${POLICY_PATH}`, 200, OF_POLICY, ({ policyEngineId, policyId }) =>
      policyShape(engines.getPolicy(policyEngineId, policyId)),
    ),
    listOperation("ListPolicies", `GET ${POLICIES}`, BY_ID, MOST_LISTED, "policies", ({ policyEngineId }) =>
      [...engines.get(policyEngineId).policies.values()].map(policyShape),
    ),
    operation("UpdatePolicy", `PATCH ${POLICY_PATH}`, 202, update, (request) => {
      const { policyEngineId, policyId, definition, validationMode: mode, description: updated } = request;
      const { declaration } = engines.getPolicy(policyEngineId, policyId);
      return policyShape(
        engines.updatePolicy(policyId, {
          ...declaration,
          ...(definition && { statement: definition.cedar.statement }),
          ...(updated && { description: updated.optionalValue }),
          validationMode: mode,
        }),
      );
    }),
    operation("DeletePolicy", `DELETE ${POLICY_PATH}`, 202, OF_POLICY, ({ policyEngineId, policyId }) => ({
      ...policyShape(engines.deletePolicy(policyEngineId, policyId)),
      status: "DELETING",
    })),
  ];
}

function engineShape(engine: PolicyEngine): object {
  const { declaration, policyEngineId, policyEngineArn } = engine;
  return {
    ...declaration,
    policyEngineId,
    policyEngineArn,
    status: "ACTIVE",
    statusReasons: [],
    ...isoTimes(engine),
  };
}

function policyShape(policy: CedarPolicy): object {
  const { declaration, policyId, policyArn } = policy;
  return {
    policyEngineId: declaration.policyEngineId,
    name: declaration.name,
    description: declaration.description,
    definition: { cedar: { statement: declaration.statement } },
    policyId,
    policyArn,
    status: "ACTIVE",
    enforcementMode: "ACTIVE",
    statusReasons: [],
    ...isoTimes(policy),
  };
}
