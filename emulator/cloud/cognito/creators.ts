import { createHash } from "node:crypto";
import type { UserAttributes, UserDeclaration } from "../../../topology";
import type { Creators } from "../creators";
import type { Cognito } from "./cognito";
import { checkGroup, checkUser } from "./constraints";
import type { UserPool } from "./user-pool";

export function cognitoCreators(cognito: Cognito) {
  return {
    userPool: (declaration) => cognito.createUserPool(declaration),
    userPoolDomain: (declaration) => cognito.createUserPoolDomain(declaration) ?? {},
    resourceServer: (declaration) => cognito.createResourceServer(declaration) ?? {},
    userPoolClient: (declaration) => cognito.createUserPoolClient(declaration),
    user: (declaration) => createUser(cognito.userPool(declaration.userPoolId), declaration),
    userGroup({ userPoolId, ...group }) {
      const { groups } = cognito.userPool(userPoolId);
      checkGroup(group);
      groups.create(group);
      return {};
    },
    userInGroup({ userPoolId, groupName, username }) {
      const { users, groups } = cognito.userPool(userPoolId);
      groups.add(groupName, users.adminGetUser(username));
      return {};
    },
  } satisfies Partial<Creators>;
}

/** The same at each start from a seed, so that what a state file has of the user is found again. */
function createUser({ users, random }: UserPool, declaration: UserDeclaration): UserAttributes {
  const { username, password, isEnabled, attributes } = declaration;
  checkUser(declaration);
  const sub = random.fork(`user ${username}`).uuid();
  const declared = createHash("sha256").update(JSON.stringify(declaration)).digest("hex");
  users.adminCreateUser({ ...declaration, sub, declared, attributes: new Map(attributes) });
  if (password !== undefined) users.adminSetUserPassword(username, password, true);
  return users.setEnabled(username, isEnabled);
}
