/**
 * What the representations of Keycloak 23.0.7 consist of. It refuses a body with any other member.
 * Source: the bean properties of org.keycloak.representations.idm, keycloak-core 23.0.7.
 */
const members = {
  Client: `
    access adminUrl alwaysDisplayInConsole attributes authenticationFlowBindingOverrides
    authorizationServicesEnabled authorizationSettings baseUrl bearerOnly clientAuthenticatorType
    clientId clientTemplate consentRequired defaultClientScopes defaultRoles description
    directAccessGrantsEnabled directGrantsOnly enabled frontchannelLogout fullScopeAllowed id
    implicitFlowEnabled name nodeReRegistrationTimeout notBefore optionalClientScopes origin protocol
    protocolMappers publicClient redirectUris registeredNodes registrationAccessToken rootUrl secret
    serviceAccountsEnabled standardFlowEnabled surrogateAuthRequired useTemplateConfig
    useTemplateMappers useTemplateScope webOrigins
  `,
  ClientScope: `
    attributes description id name protocol protocolMappers
  `,
  Credential: `
    algorithm config counter createdDate credentialData device digits hashIterations hashedSaltedValue
    id period priority salt secretData temporary type userLabel value
  `,
  Group: `
    access attributes clientRoles id name parentId path realmRoles subGroupCount subGroups
  `,
  ProtocolMapper: `
    config consentRequired consentText id name protocol protocolMapper
  `,
  Realm: `
    accessCodeLifespan accessCodeLifespanLogin accessCodeLifespanUserAction accessTokenLifespan
    accessTokenLifespanForImplicitFlow accountTheme actionTokenGeneratedByAdminLifespan
    actionTokenGeneratedByUserLifespan adminEventsDetailsEnabled adminEventsEnabled adminTheme
    applicationScopeMappings applications attributes authenticationFlows authenticatorConfig browserFlow
    browserSecurityHeaders bruteForceProtected certificate clientAuthenticationFlow
    clientOfflineSessionIdleTimeout clientOfflineSessionMaxLifespan clientPolicies clientProfiles
    clientScopeMappings clientScopes clientSessionIdleTimeout clientSessionMaxLifespan clientTemplates
    clients codeSecret components defaultDefaultClientScopes defaultGroups defaultLocale
    defaultOptionalClientScopes defaultRole defaultRoles defaultSignatureAlgorithm directGrantFlow
    displayName displayNameHtml dockerAuthenticationFlow duplicateEmailsAllowed editUsernameAllowed
    emailTheme enabled enabledEventTypes eventsEnabled eventsExpiration eventsListeners failureFactor
    federatedUsers groups id identityFederationEnabled identityProviderMappers identityProviders
    internationalizationEnabled keycloakVersion localizationTexts loginTheme loginWithEmailAllowed
    maxDeltaTimeSeconds maxFailureWaitSeconds minimumQuickLoginWaitSeconds notBefore
    oauth2DeviceCodeLifespan oauth2DevicePollingInterval oauthClients offlineSessionIdleTimeout
    offlineSessionMaxLifespan offlineSessionMaxLifespanEnabled otpPolicyAlgorithm otpPolicyCodeReusable
    otpPolicyDigits otpPolicyInitialCounter otpPolicyLookAheadWindow otpPolicyPeriod otpPolicyType
    otpSupportedApplications passwordCredentialGrantAllowed passwordPolicy permanentLockout privateKey
    protocolMappers publicKey quickLoginCheckMilliSeconds realm refreshTokenMaxReuse registrationAllowed
    registrationEmailAsUsername registrationFlow rememberMe requiredActions requiredCredentials
    resetCredentialsFlow resetPasswordAllowed revokeRefreshToken roles scopeMappings smtpServer social
    socialProviders sslRequired ssoSessionIdleTimeout ssoSessionIdleTimeoutRememberMe
    ssoSessionMaxLifespan ssoSessionMaxLifespanRememberMe supportedLocales
    updateProfileOnInitialSocialLogin userFederationMappers userFederationProviders
    userManagedAccessAllowed users verifyEmail waitIncrementSeconds webAuthnPolicyAcceptableAaguids
    webAuthnPolicyAttestationConveyancePreference webAuthnPolicyAuthenticatorAttachment
    webAuthnPolicyAvoidSameAuthenticatorRegister webAuthnPolicyCreateTimeout webAuthnPolicyExtraOrigins
    webAuthnPolicyPasswordlessAcceptableAaguids
    webAuthnPolicyPasswordlessAttestationConveyancePreference
    webAuthnPolicyPasswordlessAuthenticatorAttachment
    webAuthnPolicyPasswordlessAvoidSameAuthenticatorRegister webAuthnPolicyPasswordlessCreateTimeout
    webAuthnPolicyPasswordlessExtraOrigins webAuthnPolicyPasswordlessRequireResidentKey
    webAuthnPolicyPasswordlessRpEntityName webAuthnPolicyPasswordlessRpId
    webAuthnPolicyPasswordlessSignatureAlgorithms webAuthnPolicyPasswordlessUserVerificationRequirement
    webAuthnPolicyRequireResidentKey webAuthnPolicyRpEntityName webAuthnPolicyRpId
    webAuthnPolicySignatureAlgorithms webAuthnPolicyUserVerificationRequirement
  `,
  Role: `
    attributes clientRole composite composites containerId description id name scopeParamRequired
  `,
  User: `
    access applicationRoles attributes clientConsents clientRoles createdTimestamp credentials
    disableableCredentialTypes email emailVerified enabled federatedIdentities federationLink firstName
    groups id lastName notBefore origin realmRoles requiredActions self serviceAccountClientId
    socialLinks totp userProfileMetadata username
  `,
} as const

export type Representation = keyof typeof members

const known = new Map(
  Object.entries(members).map(([name, text]) => [name, text.trim().split(/\s+/)] as const),
)

/** Why Keycloak refuses a body, in its words; undefined when it knows every member. */
export function unknownMember(representation: Representation, body: object): string | undefined {
  const properties = known.get(representation) ?? []
  const unknown = Object.keys(body).find(name => !properties.includes(name))
  if (unknown === undefined) return undefined
  const name = `org.keycloak.representations.idm.${representation}Representation`
  const list = properties.map(property => `"${property}"`).join(', ')
  return `Unrecognized field "${unknown}" (class ${name}), not marked as ignorable (${properties.length} known properties: ${list}])`
}
