import type { DeploymentState, DeploymentStatus } from '@modelyard/contracts';
import { Type } from 'class-transformer';
import { IsIn, IsInt, Max, Min, ValidateNested } from 'class-validator';
import { ModelName } from '../../naming/names';
import { Optional } from '../../naming/optional';
import { Text } from '../../naming/text';

class ServingDto {
  @ModelName()
  model!: string;

  @IsInt()
  @Min(1)
  @Max(2_147_483_647)
  version!: number;
}

/** What one inference replica says about one deployment. */
export class ReplicaStatusDto implements DeploymentStatus {
  @Text(255, 1)
  replica!: string;

  @IsIn(['pending', 'loading', 'ready', 'failed'])
  state!: DeploymentState;

  @IsInt()
  @Min(0)
  @Max(2_147_483_647)
  revision!: number;

  @Optional()
  @ValidateNested()
  @Type(() => ServingDto)
  serving?: ServingDto;

  @Optional()
  @Text(10_000)
  message?: string;
}
