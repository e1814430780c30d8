import { products } from "../../provider/api/products";
import { readOnly } from "../../provider/cli/drift/readOnly";

describe.each(Object.values(products))("the client of a report, for $name,", (product) => {
  const sent: string[] = [];
  const sender = readOnly(product, async ({ action }) => {
    sent.push(action);
    return {};
  });

  test("sends Get and List", async () => {
    await sender.send({ action: product.get.action, params: {} });
    await sender.send({ action: product.list.action, params: {} });
    expect([sent, sender.reads()]).toEqual([[product.get.action, product.list.action], 2]);
  });

  test.each(["DeleteUser", "UpdateUser", "ModifyUser", "CreateUser", "LockUsers"])(
    "throws instead of sending %s",
    async (action) => {
      await expect(sender.send({ action, params: {} })).rejects.toThrow(`not ${action}.`);
      expect(sent).not.toContain(action);
    },
  );
});
