/** The parameter of main, data and compute template with the ARN of the permissions boundary of every role. */
export const boundaryParameter = 'PermissionsBoundaryArn'
