import {differs, judgeEach, type Property} from '../property.js'

/** Property 1: Fargate runs nothing but awsvpc, and refuses the rest only when a task definition is registered. */
export const fargate: Property = {
  id: 'fargate',
  title: 'every task definition is for Fargate and has network mode awsvpc',
  violations: ({deployed}) =>
    judgeEach(
      deployed.resources('AWS::ECS::TaskDefinition'),
      {atLeast: 8, what: 'task definitions'},
      ({properties}) => [
        differs('NetworkMode', properties.NetworkMode, 'awsvpc'),
        differs('RequiresCompatibilities', properties.RequiresCompatibilities, ['FARGATE']),
      ],
    ),
}
