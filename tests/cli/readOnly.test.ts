import { readOnly } from "../../cli/drift/readOnly";
import { resources } from "../../provider/resources";

describe.each(resources)("the client of a report, for a $type,", (resource) => {
  const { get, list } = resource.read;
  const sent: string[] = [];
  const sender = readOnly(resource, async ({ action }) => {
    sent.push(action);
    return {};
  });

  test("sends Get and List", async () => {
    await sender.send({ action: get.action, params: {} });
    await sender.send({ action: list.action, params: {} });
    expect([sent, sender.reads()]).toEqual([[get.action, list.action], 2]);
  });

  test.each(["DeleteUser", "UpdateUser", "ModifyUser", "CreateUser", "LockUsers"])(
    "throws instead of sending %s",
    async (action) => {
      await expect(sender.send({ action, params: {} })).rejects.toThrow(`not ${action}.`);
      expect(sent).not.toContain(action);
    },
  );
});
