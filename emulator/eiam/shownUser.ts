import { findOrganizationalUnit, type Idaas } from "./instances";
import type { EiamUser } from "./snapshot";

/** A user as ListUsers shows it: without custom fields, units, groups and language. */
export function shownListedUser(idaas: Idaas, user: EiamUser) {
  return {
    InstanceId: idaas.instanceId,
    UserId: user.userId,
    Username: user.username,
    DisplayName: user.displayName,
    Description: user.description,
    PasswordSet: user.passwordSet,
    PasswordExpireTime: user.passwordExpireTime,
    PhoneRegion: user.phoneRegion,
    PhoneNumber: user.phoneNumber,
    PhoneNumberVerified: user.phoneNumberVerified,
    Email: user.email,
    EmailVerified: user.emailVerified,
    UserExternalId: user.userExternalId,
    UserSourceType: user.userSourceType,
    UserSourceId: user.userSourceId,
    Status: user.status,
    AccountExpireTime: user.accountExpireTime,
    LockExpireTime: user.lockExpireTime,
    RegisterTime: user.registerTime,
    CreateTime: user.createTime,
    UpdateTime: user.updateTime,
  };
}

/** A user as GetUser shows it. */
export function shownWholeUser(idaas: Idaas, user: EiamUser) {
  const units = user.organizationalUnitIds.map((id) => findOrganizationalUnit(idaas, id));
  return {
    ...shownListedUser(idaas, user),
    PrimaryOrganizationalUnitId: user.primaryOrganizationalUnitId,
    OrganizationalUnits: units.map((unit) => ({
      OrganizationalUnitId: unit.organizationalUnitId,
      OrganizationalUnitName: unit.organizationalUnitName,
      Primary: unit.organizationalUnitId === user.primaryOrganizationalUnitId,
    })),
    CustomFields: Object.entries(user.customFields).map(([name, value]) => ({
      FieldName: name,
      FieldValue: value,
    })),
    Groups: user.groups.map((group) => ({
      GroupId: group.groupId,
      GroupName: group.groupName,
      Description: group.description,
    })),
    PreferredLanguage: user.preferredLanguage,
  };
}
