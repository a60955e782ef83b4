import { serviceMeant } from "../../../emulator/http/aws-services";

const meant = (target: string) =>
  serviceMeant({
    method: "POST",
    url: "http://127.0.0.1:4700/",
    headers: new Headers({ "x-amz-target": target }),
  })?.host("us-east-1");

test("knows a service by the first part of X-Amz-Target", () => {
  expect(meant("AWSCognitoIdentityProviderService.InitiateAuth")).toBe("cognito-idp.us-east-1.amazonaws.com");
});

test.each(["DynamoDB_20120810.ListTables", "constructor.x", "__proto__.x", ""])("fails to know one by %j", (target) => {
  expect(meant(target)).toBeUndefined();
});
