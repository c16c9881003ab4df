"""Who is denounced sees nothing; when it is the head, the matter rises (Điều 12 Luật Tố cáo)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from dongthuan.core import clock
from dongthuan.core.matters.designated import office_above
from dongthuan.core.matters.duties import duty_close
from dongthuan.core.matters.errors import MatterError
from dongthuan.core.matters.kinds import StepContext
from dongthuan.core.matters.models import DutyState
from dongthuan.core.matters.opening import office_of
from dongthuan.core.people.models import Account, Appointment
from dongthuan.core.text import clean
from dongthuan.core.units.models import Role, Unit, in_force
from dongthuan.work.denunciations import vault
from dongthuan.work.denunciations.effects import denunciation, passphrase
from dongthuan.work.denunciations.models import Denunciation
from dongthuan.work.denunciations.recipients import recipients_for


def register(context: StepContext) -> None:
    """Wall off the denounced; hand the matter up when they are the head or the unit itself."""
    matter, data = denunciation(context), context.data
    accounts = accounts_of(data.get("accounts") or "")
    paths = paths_of(data.get("denounced_unit"))
    itself = any(matter.path.startswith(path) for path in paths)
    head = bool(data.get("head")) or itself or bool(set(accounts) & set(heads_of(matter.unit)))
    matter.head_denounced = matter.head_denounced or head
    if head and office_above(matter.unit):
        _move_up(context, accounts, paths)
    else:
        _wall(context, accounts, paths)


def rise(context: StepContext) -> None:
    _move_up(context, [], [])


def transfer(context: StepContext) -> None:
    """Inside the system the matter moves with its keys; else it ends here (khoản 2 Điều 24)."""
    matter, to = denunciation(context), context.data.get("to")
    matter.outcome = "transfer"
    if not to:
        if not context.data.get("body"):
            raise MatterError(_("Say to which body it is transferred."), field="to")
        return
    receiver = office_of(to)
    if receiver.pk == matter.unit_id:
        raise MatterError(_("The matter already lies with that unit."), field="to")
    _move(context, receiver)
    context.target = "registered"


def accounts_of(text: str) -> list[int]:
    """The accounts of the addresses, one a line; MatterError names the one that is unknown."""
    emails = [line.strip().lower() for line in clean(text).splitlines() if line.strip()]
    known = dict(Account.objects.filter(email__in=emails).values_list("email", "pk"))
    for email in emails:
        if email not in known:
            raise MatterError(
                _("There is no account “%(email)s”.") % {"email": email}, field="accounts"
            )
    return sorted(known.values())


def paths_of(unit: Unit | None) -> list[str]:
    """The unit with everything in it, as the wall needs them: whole paths of organs."""
    if unit is None:
        return []
    return sorted(
        Unit.objects.filter(path__startswith=unit.path).values_list("path", flat=True)[:5000]
    )


def heads_of(unit: Unit) -> list[int]:
    """Who leads the unit today; deputies hold positions of the same role."""
    today = clock.today()
    held = Appointment.objects.filter(
        in_force(today), in_force(today, "position__"),
        position__unit=unit, position__role=Role.HEAD,
    )  # fmt: skip
    return sorted(set(held.values_list("account_id", flat=True)))


def _wall(context: StepContext, accounts: list[int], paths: list[str]) -> None:
    matter = denunciation(context)
    seated = Appointment.objects.filter(
        in_force(clock.today()), position__unit__path__in=paths, account__in=_holders(matter)
    )
    gone = sorted({*accounts, *seated.values_list("account_id", flat=True)} & _holders(matter))
    if gone and not _holders(matter) - set(gone):
        wanted = recipients_for(matter.unit, without=[*matter.walled_accounts, *accounts])
        _grant(context, matter, [account for account in wanted if account not in gone])
    if gone:
        vault.vault_revoke(acting=context.acting, matter=matter, account_ids=gone)
    matter.walled_accounts = sorted({*matter.walled_accounts, *accounts})
    matter.walled_paths = sorted({*matter.walled_paths, *paths})


def _holders(matter: Denunciation) -> set[int]:
    """Whoever the row names and whoever holds the key: a hand-over changes only the first."""
    return {*matter.designated, *vault.holders_of(matter)}


def _move_up(context: StepContext, accounts: list[int], paths: list[str]) -> None:
    """To the office above, with the keys; who leads here is walled off with the denounced."""
    matter = denunciation(context)
    above = office_above(matter.unit)
    if above is None:
        raise MatterError(
            _("No authority above uses this system; hand the denunciation over by document.")
        )
    accounts = sorted({*accounts, *heads_of(matter.unit)})
    matter.head_denounced = False
    _move(context, above, accounts, paths)
    context.target = "registered"


def _move(
    context: StepContext,
    receiver: Unit,
    accounts: list[int] | None = None,
    paths: list[str] | None = None,
) -> None:
    matter = denunciation(context)
    walled = sorted({*matter.walled_accounts, *(accounts or [])})
    wanted = recipients_for(receiver, without=walled)
    before = sorted(_holders(matter) - set(wanted))
    # The one who acts must still hold the key while it is wrapped for the others.
    _grant(context, matter, wanted)
    if before:
        vault.vault_revoke(acting=context.acting, matter=matter, account_ids=before)
    matter.walled_accounts = walled
    matter.walled_paths = sorted({*matter.walled_paths, *(paths or [])})
    context.facts["from_unit"] = {"unit": matter.unit.code, "name": matter.unit.name}
    context.facts["to"] = {"unit": receiver.code, "name": receiver.name}
    for duty in context.duties:
        if duty.is_running and duty.rule not in context.step.closes:
            duty_close(duty=duty, now=context.now, state=DutyState.TRANSFERRED)
    matter.transferred_from_id = matter.unit_id
    matter.unit, matter.path, matter.handler = receiver, receiver.path, None
    matter.designated = wanted
    matter.in_competence, matter.identity, matter.met = None, "", []
    matter.again_ground = ""
    context.opens.append(("tc.initial", "now", context.now))
    if matter.forwarded:
        context.opens.append(("tc.forwarder_notice", "now", context.now))


def _grant(context: StepContext, matter: Denunciation, accounts: list[int]) -> None:
    new = [account for account in accounts if account not in matter.designated]
    if new:
        vault.vault_grant(
            acting=context.acting,
            matter=matter,
            passphrase=passphrase(context),
            to_account_ids=new,
        )
