export { AccessModule } from './access.module';
export { CallerTokens } from './caller-tokens';
export { CallerOf, InternalOnly, Public, Requires } from './decorators';
export { InternalTokenGuard } from './internal-token.guard';
export { callerOf, setCaller } from './request-caller';
export { roleAllows } from './role-allows';
export { RoleGuard } from './role.guard';
