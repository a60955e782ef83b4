import { AwsError } from "../errors";

export function notAuthorized(message: string): AwsError {
  return new AwsError("NotAuthorizedException", message);
}

export function invalidParameter(message: string): AwsError {
  return new AwsError("InvalidParameterException", message);
}

export function notFound(message: string): AwsError {
  return new AwsError("ResourceNotFoundException", message);
}
