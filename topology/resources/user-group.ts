import { resourceReader } from "./reader";

export const userGroup = resourceReader({
  type: "aws_cognito_user_group",
  kind: "userGroup",
  read: (args) => ({
    userPoolId: args.text("user_pool_id"),
    groupName: args.text("name"),
    description: args.optionalText("description"),
    precedence: args.optionalNumber("precedence"),
    roleArn: args.optionalText("role_arn"),
  }),
  assigned: ["id"],
  attributes: ({ userPoolId, groupName }) => ({ id: `${userPoolId}/${groupName}` }),
});

export const userInGroup = resourceReader({
  type: "aws_cognito_user_in_group",
  kind: "userInGroup",
  read: (args) => ({
    userPoolId: args.text("user_pool_id"),
    groupName: args.text("group_name"),
    username: args.text("username"),
  }),
  assigned: ["id"],
  attributes: ({ userPoolId, groupName, username }) => ({ id: `${userPoolId}/${groupName}/${username}` }),
});
