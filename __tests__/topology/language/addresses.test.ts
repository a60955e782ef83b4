import { isResource, isVariable, localAddress, typeOf } from "../../../topology/language";

test.each([
  ["aws_iam_role.one", "aws_iam_role.one", "aws_iam_role"],
  ["data.aws_region.here", "data.aws_region.here", "data.aws_region"],
  ["var.name", "var.name", undefined],
  ["module.inner", "module.inner", undefined],
  ['aws_iam_role.one["a/b.c"]', 'aws_iam_role.one["a/b.c"]', "aws_iam_role"],
])("%s is the same in modules and in stacks, whatever those are called", (address, local, type) => {
  const prefixes = [
    "",
    "net/",
    "my.stack/",
    "data.of/",
    'module.a["b/c.d"].module.data[0].',
    "my.stack/module.a.module.b.",
  ];
  for (const prefix of prefixes) {
    const whole = prefix + address;
    expect({ whole, local: localAddress(whole), type: typeOf(whole) }).toEqual({ whole, local, type });
    expect([isResource(whole), isVariable(whole)]).toEqual([local.startsWith("aws_"), local.startsWith("var.")]);
  }
});
