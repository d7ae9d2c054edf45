import {adminRanges, adminRangesParameter, isEverybody} from '../../../environment/keycloak-admin.js'
import {declares} from '../../deploy/template-set.js'
import {type Check, pass} from '../check.js'

/** Who may reach Keycloak's administration, so that nobody has to find it out; it blocks nothing. */
export const keycloakAdmin: Check = {
  id: 'keycloak-admin',
  title: "Keycloak's /admin",
  looksAt: "which addresses can reach Keycloak's administration (`AdminCidrBlocks`; by default all)",
  async run({settings, existingStacks = []}) {
    const kept = settings.replace ? [] : existingStacks.map(({stack}) => stack.parameters)
    const ranges = adminRanges(Object.assign({}, ...kept, settings.parameters))
    if (!isEverybody(ranges)) return pass(`open to ${ranges.join(', ')}, and to the environment itself`)
    return declares(settings.templates, adminRangesParameter)
      ? pass(`open to everyone who has its password (${adminRangesParameter} restricts it)`)
      : pass('open to everyone who has its password')
  },
}
