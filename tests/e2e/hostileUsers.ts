import type { Account } from "../support/account";

/** Names that break what takes a name for code, for a key of an object or for a word of YAML. */
export const hostileNames = [
  "constructor",
  "__proto__",
  "toString",
  "1st",
  "007",
  "1e3",
  "true",
  "null",
  "no",
  "a.b.c",
  "A.B",
  "x".repeat(64),
];

/** Names that only a bastion host takes. */
const freeNames = [
  "o'brien",
  "李雷",
  "a b",
  "a-b",
  'quote"',
  "${x}",
  "back`tick",
  "a: b # c",
  "{ x }",
  "é",
  "-dash",
  "*star",
  "&and",
];

const displayNames = [
  'say "hi"',
  "${x}",
  "`${process.exit()}`",
  "yes",
  "# no",
  "a: b",
  "  李",
  "it's",
  "{}",
  "\\n",
  "💥",
];

/** Fills the account with users of all three kinds, so many together; returns how many there are. */
export async function addHostileUsers({ admin, ramUsers }: Account, count: number): Promise<number> {
  const numbered = (number: number): Promise<unknown>[] => {
    const DisplayName = displayNames[number % displayNames.length];
    const name = hostileNames[number] ?? `user${number}`;
    const free = freeNames[number] ?? `guest${number}`;
    return [
      admin.ram("CreateUser", { UserName: name, DisplayName, Comments: `row ${number}` }),
      admin.bastionhost("CreateUser", {
        UserName: free,
        Source: "Local",
        Password: "Correct-Horse-7",
        DisplayName,
      }),
      admin.eiam("CreateUser", {
        Username: name,
        DisplayName,
        PrimaryOrganizationalUnitId: "ou_sales_demo0001",
        ...(number % 2 === 0 && { Email: `e${number}@example.com`, EmailVerified: true }),
      }),
    ];
  };
  const joined = 10;
  for (let number = 0; number < (count - joined) / 3; number++) await Promise.all(numbered(number));
  const users = (await ramUsers()).slice(-joined);
  for (const { userId, userName } of users)
    await admin.bastionhost("CreateUser", { UserName: userName, Source: "Ram", SourceUserId: userId });
  return 3 * Math.ceil((count - joined) / 3) + joined;
}
