import {located, type Property, placeOf, tooFew} from '../property.js'
import {type Variable, variables} from '../tables/variables.js'
import {type Container, containersIn} from '../tasks.js'

/**
 * A variable that nothing reads promises what nobody keeps; one that is missing leaves the application with a default that
 * is meant for somebody's own machine.
 */
export const givenVariables: Property = {
  id: 'variables',
  title: 'a container is given the variables that the application reads, and no others',
  violations({deployed}) {
    const {parameters} = deployed.stack('services')
    const wanted = {
      always: true,
      'with-litellm': parameters.EmbeddingsProvider === 'litellm',
      'with-model': `${parameters.AgentInferenceProfile}.${parameters.AgentModelId}` !== modelOfImages,
      never: false,
    }
    const main = containersIn(deployed).filter(({properties}) => properties.Essential !== false)
    const known = main.filter(({service}) => Object.hasOwn(variables, service))
    return [
      ...tooFew(known, Object.keys(variables).length, 'containers with known variables'),
      ...main.flatMap(container => {
        const place = `${placeOf(container.definition)} container ${container.properties.Name}`
        return located(place, judge(container, variables[container.service] ?? [], wanted))
      }),
    ]
  },
}

/** What the source of the agents names. */
const modelOfImages = 'us.anthropic.claude-haiku-4-5-20251001-v1:0'

function judge(
  {properties}: Container,
  read: readonly Variable[],
  wanted: Readonly<Record<Variable['given'], boolean>>,
): (string | false)[] {
  const given: string[] = [...(properties.Environment ?? []), ...(properties.Secrets ?? [])].map(
    ({Name: name}: {Name: string}) => name,
  )
  return [
    ...given.map(name => !read.some(variable => variable.name === name) && `nothing reads its ${name}`),
    ...read.map(({name, given: when}) => {
      const isNeeded = wanted[when]
      if (isNeeded === given.includes(name)) return false
      return isNeeded ? `it lacks ${name}` : `its ${name} is not needed`
    }),
  ]
}
