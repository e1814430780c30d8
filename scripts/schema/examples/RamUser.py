import pulumi
import pulumi_alicloud_users as users

alice = users.RamUser(
    "alice",
    user_name="alice",
    display_name="Alice Liddell",
    email="alice@example.com",
    comments="On call in odd weeks",
)

pulumi.export("aliceId", alice.user_id)
