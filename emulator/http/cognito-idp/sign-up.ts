import { WITHOUT_SPACES } from "../../../aws/cognito/names";
import type { Cognito } from "../../cloud/cognito/cognito";
import { ATTRIBUTES, CLIENT_ID, PASSWORD, POOL_ID, SECRET_HASH, USERNAME } from "../../cloud/cognito/constraints";
import {
  adminConfirmSignUp,
  confirmSignUp,
  resendConfirmationCode,
  signUp,
  type CodeDelivery,
} from "../../cloud/cognito/sign-in/sign-up";
import { structure, text } from "../../cloud/constraints";
import { signed, unsigned, type Operations } from "./operation";
import { readAttributes } from "./users";

const USER = structure({ ClientId: CLIENT_ID, Username: USERNAME, SecretHash: SECRET_HASH });
const SIGN_UP = USER.extend({ Password: PASSWORD, UserAttributes: ATTRIBUTES.optional() });
const CONFIRMATION = USER.extend({ ConfirmationCode: text(2048, WITHOUT_SPACES, 1) });

/** How users register themselves. */
export function signUpOperations(cognito: Cognito): Operations {
  return {
    SignUp: unsigned(SIGN_UP, (request) => {
      const { user, delivery } = signUp(cognito, {
        ...readUser(request),
        password: request.Password,
        attributes: readAttributes(request.UserAttributes),
      });
      const isConfirmed = user.status === "CONFIRMED";
      return {
        UserConfirmed: isConfirmed,
        UserSub: user.sub,
        CodeDeliveryDetails: delivery && deliveryShape(delivery),
      };
    }),
    ConfirmSignUp: unsigned(CONFIRMATION, (request) =>
      confirmSignUp(cognito, { ...readUser(request), code: request.ConfirmationCode }),
    ),
    ResendConfirmationCode: unsigned(USER, (request) => ({
      CodeDeliveryDetails: deliveryShape(resendConfirmationCode(cognito, readUser(request))),
    })),
    AdminConfirmSignUp: signed(structure({ UserPoolId: POOL_ID, Username: USERNAME }), (request) =>
      adminConfirmSignUp(cognito.userPool(request.UserPoolId), request.Username),
    ),
  };
}

function readUser(request: { ClientId: string; Username: string; SecretHash?: string }) {
  return { clientId: request.ClientId, username: request.Username, secretHash: request.SecretHash };
}

function deliveryShape({ attribute, destination }: CodeDelivery): object {
  const DeliveryMedium = attribute === "email" ? "EMAIL" : "SMS";
  return { Destination: destination, DeliveryMedium, AttributeName: attribute };
}
