"""Tasks: handed out by the office and the committee, fulfilled by organisations."""

from django.urls import path

from campaigns.views import assignments, task_create, task_part, tasks

task_urls = [
    path("desk/tasks/", tasks.task_list, name="task_list"),
    path("desk/tasks/new/", task_create.task_create, name="task_create"),
    path("desk/tasks/<int:pk>/", tasks.task_detail, name="task_detail"),
    path("desk/tasks/<int:pk>/edit/", tasks.task_edit, name="task_edit"),
    path("desk/tasks/<int:pk>/add/", task_create.task_add, name="task_add"),
    path("desk/tasks/<int:pk>/cancel/", tasks.task_cancel, name="task_cancel"),
    path("desk/tasks/<int:pk>/close/", tasks.task_close, name="task_close"),
]

assignment_urls = [
    path("desk/assignments/", assignments.assignment_list, name="assignment_list"),
    path(
        "desk/assignments/<int:pk>/",
        assignments.assignment_detail,
        name="assignment_detail",
    ),
    path(
        "desk/assignments/<int:pk>/report/",
        assignments.assignment_report,
        name="assignment_report",
    ),
    path(
        "desk/assignments/<int:pk>/link/",
        assignments.assignment_link,
        name="assignment_link",
    ),
    path(
        "desk/assignments/<int:pk>/unlink/<int:activity_pk>/",
        assignments.assignment_unlink,
        name="assignment_unlink",
    ),
    path(
        "desk/assignments/<int:pk>/fulfil/",
        assignments.assignment_fulfil,
        name="assignment_fulfil",
    ),
    path(
        "desk/assignments/<int:pk>/reassign/",
        tasks.assignment_reassign,
        name="assignment_reassign",
    ),
]

urlpatterns = [
    *task_urls,
    *assignment_urls,
    path(
        "desk/activities/<int:pk>/tasks/", task_part.activity_give, name="activity_give"
    ),
]
