import {differs, judgeEach, type Property} from '../property.js'

/** One role without it is enough for an organization that demands it to let no deployment through. */
export const permissionsBoundary: Property = {
  id: 'permissions-boundary',
  title: 'every role has the chosen permissions boundary, and none where none is chosen',
  violations({deployed, choice}) {
    const chosen = choice.parameters.PermissionsBoundaryArn || undefined
    return judgeEach(deployed.resources('AWS::IAM::Role'), {atLeast: 9, what: 'roles'}, ({properties}) => [
      differs('PermissionsBoundary', properties.PermissionsBoundary, chosen),
    ])
  },
}
