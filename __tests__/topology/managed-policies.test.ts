import { deploy } from "./fake-account";
import { temporaryFolder } from "../support/temporary-folder";
import { readTopology } from "./reading";

const DOCUMENT = '{"Version":"2012-10-17","Statement":[]}';

function declared(policyArn: string, more: object): unknown {
  const resource = { aws_iam_role_policy_attachment: { x: { role: "role", policy_arn: policyArn } }, ...more };
  return deploy(readTopology(temporaryFolder({ "main.tf.json": { resource, data: DATA } }))).declarations;
}

const DATA = {
  aws_iam_policy: {
    by_name: { name: "AWSLambdaBasicExecutionRole" },
    by_unknown_name: { name: "AmazonWorkMailFullAccess" },
    by_arn: { arn: "arn:aws:iam::123456789012:policy/team/mine" },
  },
};

test.each([
  ["by_name", "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"],
  ["by_unknown_name", "arn:aws:iam::aws:policy/AmazonWorkMailFullAccess"],
  ["by_arn", "arn:aws:iam::123456789012:policy/team/mine"],
])("finds the ARN of a policy that data.aws_iam_policy looks up %s", (name, policyArn) => {
  expect(declared(`\${data.aws_iam_policy.${name}.arn}`, {})).toEqual({
    "aws_iam_role_policy_attachment.x": { policyArn, roleNames: ["role"] },
  });
});

test("reads a managed policy where it is attached, and no other", () => {
  const policies = {
    mine: { name: "mine", path: "/team/", policy: DOCUMENT },
    unused: { name: "unused", policy: "${beyond(1)}" },
  };
  expect(declared("${aws_iam_policy.mine.arn}", { aws_iam_policy: policies })).toEqual({
    "aws_iam_policy.mine": { policyName: "mine", path: "/team/", policy: DOCUMENT },
    "aws_iam_role_policy_attachment.x": {
      policyArn: "arn:aws:iam::123456789012:policy/team/mine",
      roleNames: ["role"],
    },
  });
});
