/**
 * Everything that a client would else look up in the machine's environment and shared files, as the SDK has it where
 * nothing is set. `region`, `endpoint` and `credentials` come with every connection that is sealed, `maxAttempts`,
 * `defaultsMode` and `userAgentAppId` with every client. A test compares with what the installed SDK reads.
 */
export const sealedOptions = {
  retryMode: 'standard',
  useFipsEndpoint: false,
  useDualstackEndpoint: false,
  ignoreConfiguredEndpointUrls: true,
  accountIdEndpointMode: 'disabled',
  authSchemePreference: [] as string[],
  disableClockSkewCorrection: false,
  // Of S3, and no harm to the others.
  requestChecksumCalculation: 'WHEN_SUPPORTED',
  responseChecksumValidation: 'WHEN_SUPPORTED',
  sigv4aSigningRegionSet: async () => undefined,
  useArnRegion: false,
  disableMultiregionAccessPoints: false,
  disableS3ExpressSessionAuth: false,
} as const
