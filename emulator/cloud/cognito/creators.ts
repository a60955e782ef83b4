import type { Creators } from "../creators";
import type { Cognito } from "./cognito";

type Kinds = "userPool" | "userPoolDomain" | "resourceServer" | "userPoolClient";

export function cognitoCreators(cognito: Cognito): Pick<Creators, Kinds> {
  return {
    userPool: (declaration) => cognito.createUserPool(declaration),
    userPoolDomain: (declaration) => cognito.createUserPoolDomain(declaration) ?? {},
    resourceServer: (declaration) => cognito.createResourceServer(declaration) ?? {},
    userPoolClient: (declaration) => cognito.createUserPoolClient(declaration),
  };
}
