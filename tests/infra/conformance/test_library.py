"""The library's conformance classes against the factory that our module yields.

All of them as they are, with the library's own mapper: none is changed to skip. Those
of `eventsourcing.dcb` are not here, because we have no such recorder.
"""

from typing import Any, ClassVar
from unittest import TestCase

import pytest
from eventsourcing.persistence import InfrastructureFactory, Mapper
from eventsourcing.postgres import (
    PostgresAggregateRecorder,
    PostgresProcessRecorder,
    PostgresTrackingRecorder,
)
from eventsourcing.tests import application, persistence, projection
from eventsourcing.utils import Environment, get_topic

from infra.event_log import LIBRARY
from infra.log_recorder import LogRecorder
from infra.persistence import LogFactory
from tests.infra.conformance.counters import PostgresCounters


class OnOurFactory(TestCase):
    """``scratch`` is given by the fixture of this folder, for each test anew."""

    scratch: ClassVar[dict[str, str]]

    def factory(self) -> LogFactory:
        environment = Environment(name="scratch", env=self.scratch)
        factory = InfrastructureFactory.construct(environment)
        assert type(factory) is LogFactory
        self.addCleanup(factory.close)
        return factory


class TestTheFactory(OnOurFactory):
    def test_it_is_the_one_that_the_persistence_module_yields(self) -> None:
        yielded = InfrastructureFactory.construct(
            Environment(
                env=self.scratch | {"PERSISTENCE_MODULE": LIBRARY["PERSISTENCE_MODULE"]}
            )
        )
        self.addCleanup(yielded.close)
        assert type(yielded) is type(self.factory()) is LogFactory
        assert type(self.factory().application_recorder()) is LogRecorder
        assert type(self.factory().mapper()) is Mapper


class TestAggregateRecorder(OnOurFactory, persistence.AggregateRecorderTestCase):
    def create_recorder(self) -> Any:
        return self.factory().aggregate_recorder()


class TestApplicationRecorder(
    OnOurFactory, persistence.ApplicationRecorderTestCase[LogRecorder]
):
    def create_recorder(self) -> LogRecorder:
        return self.factory().application_recorder()

    def test_insert_subscribe(self) -> None:
        self.optional_test_insert_subscribe()


class TestNonInterleaving(
    OnOurFactory, persistence.NonInterleavingNotificationIDsBaseCase
):
    def create_recorder(self) -> LogRecorder:
        return self.factory().application_recorder()


class TestTrackingRecorder(OnOurFactory, persistence.TrackingRecorderTestCase):
    def create_recorder(self) -> Any:
        return self.factory().tracking_recorder()


class TestProcessRecorder(OnOurFactory, persistence.ProcessRecorderTestCase):
    def create_recorder(self) -> Any:
        return self.factory().process_recorder()


class TestInfrastructureFactory(
    OnOurFactory, persistence.InfrastructureFactoryTestCase[LogFactory]
):
    factory: Any  # the library keeps the one it made here

    def setUp(self) -> None:
        self.env = Environment(name="scratch", env=dict(self.scratch))
        super().setUp()

    def expected_factory_class(self) -> type[LogFactory]:
        return LogFactory

    def expected_aggregate_recorder_class(self) -> Any:
        return PostgresAggregateRecorder

    def expected_application_recorder_class(self) -> Any:
        return LogRecorder

    def expected_tracking_recorder_class(self) -> Any:
        return PostgresTrackingRecorder

    def tracking_recorder_subclass(self) -> Any:
        return PostgresCounters

    def expected_process_recorder_class(self) -> Any:
        return PostgresProcessRecorder


class TestExampleApplication(OnOurFactory, application.ExampleApplicationTestCase):
    expected_factory_topic = get_topic(LogFactory)


@pytest.mark.filterwarnings("default::DeprecationWarning")  # it looks at one
class TestApplication(OnOurFactory, application.ApplicationTestCase):
    pass


class TestCountersView(OnOurFactory, projection.EventCountersViewTestCase):
    def construct_event_counters_view(self) -> PostgresCounters:
        return self.factory().tracking_recorder(PostgresCounters)


class TestCountersProjection(
    OnOurFactory, projection.AggregateEventCountersProjectionTestCase
):
    view_class = PostgresCounters

    def setUp(self) -> None:
        type(self).env = self.scratch


class TestEventSourcedProjection(
    OnOurFactory, projection.EventSourcedProjectionTestCase
):
    def setUp(self) -> None:
        type(self).env = self.scratch
