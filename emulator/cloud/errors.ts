/** HTTP status of each modelled error; AWS service models (botocore `bedrock-agentcore-control`, `cognito-idp`). */
const STATUS = {
  ValidationException: 400,
  UnauthorizedException: 401,
  ServiceQuotaExceededException: 402,
  AccessDeniedException: 403,
  ResourceNotFoundException: 404,
  ConflictException: 409,
  ResourceConflictException: 409,
  PreconditionFailedException: 412,
  RuntimeClientError: 424,
  InternalServerException: 500,
  NotAuthorizedException: 400,
  UserNotFoundException: 400,
  UsernameExistsException: 400,
  AliasExistsException: 400,
  InvalidPasswordException: 400,
  InvalidParameterException: 400,
  InvalidParameterValueException: 400,
  InvalidRequestContentException: 400,
  UnsupportedUserStateException: 400,
  UnsupportedOperationException: 400,
  UnknownOperationException: 400,
  MalformedPolicyDocument: 400,
  NoSuchEntity: 404,
  EntityAlreadyExists: 409,
  DeleteConflict: 409,
  LimitExceeded: 409,
  ValidationError: 400,
  InvalidAction: 400,
  MissingAuthenticationToken: 403,
  InvalidClientTokenId: 403,
  IncompleteSignature: 400,
  SignatureDoesNotMatch: 403,
  RepositoryNotFoundException: 400,
  RepositoryNotEmptyException: 400,
  ImageAlreadyExistsException: 400,
  ImageTagAlreadyExistsException: 400,
  ImageDigestDoesNotMatchException: 400,
  ImageNotFoundException: 400,
  RepositoryAlreadyExistsException: 400,
  RepositoryPolicyNotFoundException: 400,
  LifecyclePolicyNotFoundException: 400,
  ResourceExistsException: 400,
  ResourceAlreadyExistsException: 400,
  InvalidRequestException: 400,
  LimitExceededException: 400,
  MalformedPolicyDocumentException: 400,
  SerializationException: 400,
  MissingAuthenticationTokenException: 403,
  IncompleteSignatureException: 403,
  UnrecognizedClientException: 403,
  InvalidSignatureException: 403,
  ScopeDoesNotExistException: 400,
  InvalidOAuthFlowException: 400,
  FeatureUnavailableInTierException: 400,
  PasswordResetRequiredException: 400,
  GroupExistsException: 400,
  DuplicateProviderException: 400,
  CodeMismatchException: 400,
  ExpiredCodeException: 400,
  EnableSoftwareTokenMFAException: 400,
  SoftwareTokenMFANotFoundException: 400,
  UserNotConfirmedException: 400,
  UnsupportedTokenTypeException: 400,
  RefreshTokenReuseException: 400,
} as const;

export type AwsErrorCode = keyof typeof STATUS;

/** An error as an AWS service answers it: its code is the exception name that SDKs read. */
export class AwsError extends Error {
  readonly status: number;

  /** @param members what the error's shape has beside the message */
  constructor(
    readonly code: AwsErrorCode,
    message: string,
    readonly members: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.name = code;
    this.status = STATUS[code];
  }
}

/** What AWS takes and the emulator does not imitate. */
export class NotEmulated extends AwsError {}
