import type { UserAttributes, UserDeclaration } from "../../../topology";
import type { Creators } from "../creators";
import type { Cognito } from "./cognito";
import type { Users } from "./users";

type Kinds = "userPool" | "userPoolDomain" | "resourceServer" | "userPoolClient" | "user" | "userGroup" | "userInGroup";

export function cognitoCreators(cognito: Cognito): Pick<Creators, Kinds> {
  return {
    userPool: (declaration) => cognito.createUserPool(declaration),
    userPoolDomain: (declaration) => cognito.createUserPoolDomain(declaration) ?? {},
    resourceServer: (declaration) => cognito.createResourceServer(declaration) ?? {},
    userPoolClient: (declaration) => cognito.createUserPoolClient(declaration),
    user: (declaration) => createUser(cognito.userPool(declaration.userPoolId).users, declaration),
    userGroup({ userPoolId, ...group }) {
      const { groups } = cognito.userPool(userPoolId);
      groups.create(group);
      return {};
    },
    userInGroup({ userPoolId, groupName, username }) {
      const { users, groups } = cognito.userPool(userPoolId);
      groups.add(groupName, users.adminGetUser(username));
      return {};
    },
  };
}

function createUser(users: Users, declaration: UserDeclaration): UserAttributes {
  const { username, password, isEnabled, attributes } = declaration;
  users.adminCreateUser({ ...declaration, attributes: new Map(attributes) });
  if (password !== undefined) users.adminSetUserPassword(username, password, true);
  return users.setEnabled(username, isEnabled);
}
