// emulator/http/iam/: the API of IAM.
import { globalHost } from "../../../aws/hosts";
import { queryService } from "../protocols/aws-service";
import { managedPolicyOperations } from "./managed-policies";
import { rolePolicyOperations } from "./role-policies";
import { roleOperations } from "./roles";

/** IAM is global: its requests are signed for this region. */
const REGION = "us-east-1";

/** AWS IAM, `https://iam.amazonaws.com/`: roles, their policies, and managed policies. */
export const iam = queryService({
  signingName: "iam",
  host: () => globalHost("iam"),
  region: REGION,
  namespace: "https://iam.amazonaws.com/doc/2010-05-08/",
  operations: ({ iam }) => ({ ...roleOperations(iam), ...rolePolicyOperations(iam), ...managedPolicyOperations(iam) }),
});
