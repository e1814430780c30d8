"""Takes one user of each product through its life with the vendor's Python SDKs; prints a line of JSON for each step."""

import json
import sys

from alibabacloud_eiam20211201 import models as eiam
from alibabacloud_eiam20211201.client import Client as EiamClient
from alibabacloud_ram20150501 import models as ram
from alibabacloud_ram20150501.client import Client as RamClient
from alibabacloud_tea_openapi.models import Config
from alibabacloud_yundun_bastionhost20191209 import models as bastionhost
from alibabacloud_yundun_bastionhost20191209.client import Client as BastionhostClient


def config():
    return Config(
        access_key_id="testid",
        access_key_secret="testsecret",
        endpoint=sys.argv[1],
        protocol="HTTP",
        region_id="cn-hangzhou",
    )


def expect(actual, expected):
    if actual != expected:
        raise AssertionError(f"expected {expected!r}, got {actual!r}")


class Life:
    """The steps of one user; what one step learns, such as the id, the next ones use."""

    def steps(self):
        return ["create", "read", "update", "list", "lock", "unlock", "delete"]


class RamLife(Life):
    product = "Ram"

    def __init__(self):
        self.client = RamClient(config())

    def steps(self):
        return ["create", "read", "update", "list", "delete"]

    def show(self):
        return self.client.get_user(ram.GetUserRequest(user_name="alice")).body.user

    def create(self):
        request = ram.CreateUserRequest(user_name="alice", display_name="Alice 测试*~!", comments="on call")
        expect(self.client.create_user(request).body.user.user_name, "alice")

    def read(self):
        expect([self.show().display_name, self.show().comments], ["Alice 测试*~!", "on call"])

    def update(self):
        request = ram.UpdateUserRequest(user_name="alice", new_user_name="alice", new_comments="")
        self.client.update_user(request)
        expect([self.show().display_name, self.show().comments], ["Alice 测试*~!", ""])

    def list(self):
        users = self.client.list_users(ram.ListUsersRequest(max_items=10)).body.users.user
        expect([user.user_name for user in users], ["alice"])

    def delete(self):
        self.client.delete_user(ram.DeleteUserRequest(user_name="alice"))
        users = self.client.list_users(ram.ListUsersRequest()).body.users.user
        expect(users or [], [])


class BastionhostLife(Life):
    product = "Bastionhost"

    def __init__(self):
        self.client = BastionhostClient(config())
        self.host = {"instance_id": "bastionhost-cn-demo0001", "region_id": "cn-hangzhou"}

    def show(self):
        return self.client.get_user(bastionhost.GetUserRequest(**self.host, user_id=self.id)).body.user

    def create(self):
        request = bastionhost.CreateUserRequest(
            **self.host,
            source="Local",
            user_name="bob",
            password="Correct-Horse-7",
            email="bob@example.com",
            two_factor_status="Enable",
            two_factor_methods='["email"]',
        )
        self.id = self.client.create_user(request).body.user_id

    def read(self):
        expect([self.show().user_name, self.show().two_factor_methods], ["bob", ["email"]])

    def update(self):
        request = bastionhost.ModifyUserRequest(**self.host, user_id=self.id, comment="on call")
        self.client.modify_user(request)
        expect([self.show().comment, self.show().email], ["on call", "bob@example.com"])

    def list(self):
        request = bastionhost.ListUsersRequest(**self.host, page_number="1", page_size="10")
        expect([user.user_name for user in self.client.list_users(request).body.users], ["bob"])

    def lock(self):
        request = bastionhost.LockUsersRequest(**self.host, user_ids=json.dumps([self.id]))
        expect([result.code for result in self.client.lock_users(request).body.results], ["OK"])
        expect(self.show().user_state, ["Frozen"])

    def unlock(self):
        request = bastionhost.UnlockUsersRequest(**self.host, user_ids=json.dumps([self.id]))
        expect([result.code for result in self.client.unlock_users(request).body.results], ["OK"])
        expect(self.show().user_state, ["Normal"])

    def delete(self):
        self.client.delete_user(bastionhost.DeleteUserRequest(**self.host, user_id=self.id))
        body = self.client.list_users(bastionhost.ListUsersRequest(**self.host)).body
        expect(body.total_count, 0)


class EiamLife(Life):
    product = "Eiam"

    def __init__(self):
        self.client = EiamClient(config())
        self.instance = {"instance_id": "idaas_demo0001"}

    def one(self):
        return {**self.instance, "user_id": self.id}

    def show(self):
        return self.client.get_user(eiam.GetUserRequest(**self.one())).body.user

    def create(self):
        field = eiam.CreateUserRequestCustomFields(field_name="nick_name", field_value="Caz")
        request = eiam.CreateUserRequest(
            **self.instance,
            username="carol",
            display_name="Carol",
            primary_organizational_unit_id="ou_root_demo0001",
            organizational_unit_ids=["ou_sales_demo0001"],
            custom_fields=[field],
            client_token="token-1",
        )
        self.id = self.client.create_user(request).body.user_id

    def read(self):
        user = self.show()
        fields = [(field.field_name, field.field_value) for field in user.custom_fields]
        units = [unit.organizational_unit_id for unit in user.organizational_units]
        expect([user.username, fields], ["carol", [("nick_name", "Caz")]])
        expect(units, ["ou_root_demo0001", "ou_sales_demo0001"])

    def update(self):
        field = eiam.UpdateUserRequestCustomFields(field_name="age", field_value="40", operation="add")
        self.client.update_user(
            eiam.UpdateUserRequest(**self.one(), display_name="Carol C.", custom_fields=[field])
        )
        user = self.show()
        expect([user.display_name, len(user.custom_fields)], ["Carol C.", 2])

    def list(self):
        body = self.client.list_users(eiam.ListUsersRequest(**self.instance, page_number=1, page_size=10)).body
        expect([user.username for user in body.users], ["carol"])

    def lock(self):
        self.client.disable_user(eiam.DisableUserRequest(**self.one()))
        expect(self.show().status, "disabled")

    def unlock(self):
        self.client.enable_user(eiam.EnableUserRequest(**self.one()))
        expect(self.show().status, "enabled")

    def delete(self):
        self.client.delete_user(eiam.DeleteUserRequest(**self.one()))
        expect(self.client.list_users(eiam.ListUsersRequest(**self.instance)).body.total_count, 0)


for life in [RamLife(), BastionhostLife(), EiamLife()]:
    for step in life.steps():
        result = {"product": life.product, "step": step}
        try:
            getattr(life, step)()
        except Exception as error:
            result["error"] = str(error)
        print(json.dumps(result), flush=True)
