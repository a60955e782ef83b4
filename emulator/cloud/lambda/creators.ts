import type { Creators } from "../creators";
import type { LambdaFunctions } from "./lambda-functions";

export function lambdaCreators(functions: LambdaFunctions): Pick<Creators, "lambdaFunction"> {
  return { lambdaFunction: (declaration) => ({ arn: functions.create(declaration).arn }) };
}
