/**
 * Node's permission model under the name that this version has: from Node.js 22.13 on it is no experiment any more, and
 * from 24 on it has one name only.
 */
export const permissionFlag = process.allowedNodeEnvironmentFlags.has('--permission')
  ? '--permission'
  : '--experimental-permission'
